import Type from 'typebox';
import { removed, type Topic } from './layers.ts';
import { anyOf } from './shapes.ts';

const featureRequests = [
  'ListResourcesRequest',
  'ListResourceTemplatesRequest',
  'ReadResourceRequest',
  'ListPromptsRequest',
  'GetPromptRequest',
  'ListToolsRequest',
  'CallToolRequest',
  'CompleteRequest',
] as const;
const statefulRequests = [
  'InitializeRequest',
  'PingRequest',
  'SubscribeRequest',
  'UnsubscribeRequest',
  'SetLevelRequest',
] as const;
const taskRequests = ['GetTaskRequest', 'GetTaskPayloadRequest', 'CancelTaskRequest', 'ListTasksRequest'] as const;
const featureResults = [
  'ListResourcesResult',
  'ListResourceTemplatesResult',
  'ReadResourceResult',
  'ListPromptsResult',
  'GetPromptResult',
  'ListToolsResult',
  'CallToolResult',
  'CompleteResult',
] as const;
const taskResults = ['GetTaskResult', 'GetTaskPayloadResult', 'CancelTaskResult', 'ListTasksResult'] as const;
const clientNotifications = [
  'CancelledNotification',
  'InitializedNotification',
  'ProgressNotification',
  'RootsListChangedNotification',
] as const;
const serverNotifications = [
  'CancelledNotification',
  'ProgressNotification',
  'ResourceListChangedNotification',
  'ResourceUpdatedNotification',
  'PromptListChangedNotification',
  'ToolListChangedNotification',
  'LoggingMessageNotification',
] as const;

/** What each side may send. */
export const directions = {
  '2024-11-05': {
    ClientRequest: anyOf(...statefulRequests, ...featureRequests),
    ServerResult: anyOf('Result', 'InitializeResult', ...featureResults),
    ServerRequest: anyOf('PingRequest', 'CreateMessageRequest', 'ListRootsRequest'),
    ClientResult: anyOf('Result', 'CreateMessageResult', 'ListRootsResult'),
    ClientNotification: anyOf(...clientNotifications),
    ServerNotification: anyOf(...serverNotifications),
  },
  '2025-06-18': {
    ServerRequest: anyOf('PingRequest', 'CreateMessageRequest', 'ListRootsRequest', 'ElicitRequest'),
    ClientResult: anyOf('Result', 'CreateMessageResult', 'ListRootsResult', 'ElicitResult'),
  },
  '2025-11-25': {
    ClientRequest: anyOf(...statefulRequests, ...featureRequests, ...taskRequests),
    ServerResult: anyOf('Result', 'InitializeResult', ...featureResults, ...taskResults),
    ServerRequest: anyOf('PingRequest', 'CreateMessageRequest', 'ListRootsRequest', 'ElicitRequest', ...taskRequests),
    ClientResult: anyOf('Result', 'CreateMessageResult', 'ListRootsResult', 'ElicitResult', ...taskResults),
    ClientNotification: anyOf(...clientNotifications, 'TaskStatusNotification'),
    ServerNotification: anyOf(...serverNotifications, 'TaskStatusNotification', 'ElicitationCompleteNotification'),
  },
  '2026-07-28': {
    ClientRequest: anyOf('DiscoverRequest', 'SubscriptionsListenRequest', ...featureRequests),
    ServerResult: anyOf(
      'Result',
      'InputRequiredResult',
      'DiscoverResult',
      'SubscriptionsListenResult',
      ...featureResults,
    ),
    ServerRequest: removed,
    ClientResult: Type.Ref('Result'),
    ClientNotification: Type.Ref('CancelledNotification'),
    ServerNotification: anyOf(...serverNotifications, 'SubscriptionsAcknowledgedNotification'),
  },
} satisfies Topic;
