import Type from 'typebox';
import type { Topic } from './layers.ts';
import {
  mustHaveMeta,
  notification,
  notificationParams,
  optionalBoolean,
  request,
  requestParams,
  responseWith,
  strings,
  typedResult,
} from './shapes.ts';

const filter = { notifications: Type.Ref('SubscriptionFilter') };

/** One stream for everything a client wants to hear of (2026-07-28, page `basic/patterns/subscriptions`). */
export const subscriptions = {
  '2026-07-28': {
    SubscriptionFilter: Type.Object({
      toolsListChanged: optionalBoolean,
      promptsListChanged: optionalBoolean,
      resourcesListChanged: optionalBoolean,
      /** URIs. */
      resourceSubscriptions: Type.Optional(strings),
    }),
    SubscriptionsListenRequest: request('subscriptions/listen', Type.Ref('SubscriptionsListenRequestParams')),
    SubscriptionsListenRequestParams: requestParams({ ...mustHaveMeta, ...filter }),
    SubscriptionsListenResult: Type.Object({ _meta: Type.Ref('SubscriptionsListenResultMetaObject'), ...typedResult }),
    SubscriptionsListenResultResponse: responseWith(Type.Ref('SubscriptionsListenResult')),
    SubscriptionsAcknowledgedNotification: notification(
      'notifications/subscriptions/acknowledged',
      Type.Ref('SubscriptionsAcknowledgedNotificationParams'),
    ),
    SubscriptionsAcknowledgedNotificationParams: notificationParams(filter),
  },
} satisfies Topic;
