import Type from 'typebox';
import { removed, type Topic } from './layers.ts';
import { notification, notificationParams, optionalString, request, requestParams } from './shapes.ts';

/** Log messages for the client (page `server/utilities/logging`). */
export const logging = {
  '2024-11-05': {
    /** The severities of RFC 5424, least first. */
    LoggingLevel: Type.Enum(['debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency']),
    SetLevelRequest: request('logging/setLevel', Type.Ref('SetLevelRequestParams')),
    SetLevelRequestParams: requestParams({ level: Type.Ref('LoggingLevel') }),
    LoggingMessageNotification: notification('notifications/message', Type.Ref('LoggingMessageNotificationParams')),
    LoggingMessageNotificationParams: notificationParams({
      level: Type.Ref('LoggingLevel'),
      logger: optionalString,
      data: Type.Unknown(),
    }),
  },
  // The level now travels in the metadata of each request.
  '2026-07-28': { SetLevelRequest: removed, SetLevelRequestParams: removed },
} satisfies Topic;
