import Type from 'typebox';
import { alters, type Topic } from './layers.ts';
import { notification, notificationParams, optionalNumber, optionalRef, optionalString } from './shapes.ts';

/** What is said about a request that is under way: progress and cancellation (pages `progress` and `cancellation`). */
export const progress = {
  '2024-11-05': {
    ProgressToken: Type.Union([Type.String(), Type.Integer()]),
    ProgressNotification: notification('notifications/progress', Type.Ref('ProgressNotificationParams')),
    ProgressNotificationParams: notificationParams({
      progressToken: Type.Ref('ProgressToken'),
      progress: Type.Number(),
      total: optionalNumber,
    }),
    CancelledNotification: notification('notifications/cancelled', Type.Ref('CancelledNotificationParams')),
    CancelledNotificationParams: notificationParams({ requestId: Type.Ref('RequestId'), reason: optionalString }),
  },
  '2025-03-26': { ProgressNotificationParams: alters({ message: optionalString }) },
  // The rule that the id must be there for anything but a task is beyond the schema.
  '2025-11-25': { CancelledNotificationParams: alters({ requestId: optionalRef('RequestId') }) },
  '2026-07-28': { CancelledNotificationParams: alters({ requestId: Type.Ref('RequestId') }) },
} satisfies Topic;
