import Type from 'typebox';
import { removed, type Topic } from './layers.ts';
import { nextPage } from './pagination.ts';
import {
  listOf,
  notification,
  optionalInteger,
  optionalRef,
  optionalString,
  request,
  requestParams,
  result,
} from './shapes.ts';

/** Parameters that only name a task. */
const taskId = Type.Object({ taskId: Type.String() });

/** Requests that go on in the background (2025-11-25 only, page `basic/utilities/tasks`). Times are in milliseconds. */
export const tasks = {
  '2025-11-25': {
    Task: Type.Object({
      taskId: Type.String(),
      status: Type.Ref('TaskStatus'),
      statusMessage: optionalString,
      createdAt: Type.String(),
      lastUpdatedAt: Type.String(),
      /** Null: kept without limit. */
      ttl: Type.Union([Type.Integer(), Type.Null()]),
      pollInterval: optionalInteger,
    }),
    TaskStatus: Type.Enum(['working', 'input_required', 'completed', 'failed', 'cancelled']),
    TaskMetadata: Type.Object({ ttl: optionalInteger }),
    RelatedTaskMetadata: taskId,
    TaskAugmentedRequestParams: requestParams({ task: optionalRef('TaskMetadata') }),
    CreateTaskResult: result({ task: Type.Ref('Task') }),
    GetTaskRequest: request('tasks/get', taskId),
    GetTaskResult: Type.Intersect([Type.Ref('Result'), Type.Ref('Task')]),
    GetTaskPayloadRequest: request('tasks/result', taskId),
    GetTaskPayloadResult: result({}),
    CancelTaskRequest: request('tasks/cancel', taskId),
    CancelTaskResult: Type.Intersect([Type.Ref('Result'), Type.Ref('Task')]),
    ListTasksRequest: request('tasks/list', optionalRef('PaginatedRequestParams')),
    ListTasksResult: result({ ...nextPage, tasks: listOf('Task') }),
    TaskStatusNotification: notification('notifications/tasks/status', Type.Ref('TaskStatusNotificationParams')),
    TaskStatusNotificationParams: Type.Intersect([Type.Ref('NotificationParams'), Type.Ref('Task')]),
  },
  '2026-07-28': {
    Task: removed,
    TaskStatus: removed,
    TaskMetadata: removed,
    RelatedTaskMetadata: removed,
    TaskAugmentedRequestParams: removed,
    CreateTaskResult: removed,
    GetTaskRequest: removed,
    GetTaskResult: removed,
    GetTaskPayloadRequest: removed,
    GetTaskPayloadResult: removed,
    CancelTaskRequest: removed,
    CancelTaskResult: removed,
    ListTasksRequest: removed,
    ListTasksResult: removed,
    TaskStatusNotification: removed,
    TaskStatusNotificationParams: removed,
  },
} satisfies Topic;
