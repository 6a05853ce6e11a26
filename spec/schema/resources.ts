import Type from 'typebox';
import { cacheable } from './caching.ts';
import { retry } from './input-required.ts';
import { alters, removed, type Topic } from './layers.ts';
import { nextPage } from './pagination.ts';
import {
  anyOf,
  bytes,
  listOf,
  mustHaveMeta,
  notification,
  notificationParams,
  optionalInteger,
  optionalRef,
  optionalString,
  request,
  requestParams,
  responseWith,
  result,
  uri,
  uriTemplate,
  withIcons,
  withMeta,
  withTitle,
} from './shapes.ts';

const described = { name: Type.String(), description: optionalString, mimeType: optionalString };
const annotated = { annotations: optionalRef('Annotations') };
const contents = { uri, mimeType: optionalString };
/** `size` is in bytes, before any encoding. */
const resource = { uri, ...described, ...annotated, size: optionalInteger };

/** Resources: what a server lets clients read (page `server/resources`). */
export const resources = {
  '2024-11-05': {
    Resource: Type.Object(resource),
    ResourceTemplate: Type.Object({ uriTemplate, ...described, ...annotated }),
    ResourceContents: Type.Object(contents),
    TextResourceContents: Type.Object({ ...contents, text: Type.String() }),
    BlobResourceContents: Type.Object({ ...contents, blob: bytes }),
    ListResourcesRequest: request('resources/list', optionalRef('PaginatedRequestParams')),
    ListResourcesResult: result({ ...nextPage, resources: listOf('Resource') }),
    ListResourceTemplatesRequest: request('resources/templates/list', optionalRef('PaginatedRequestParams')),
    ListResourceTemplatesResult: result({ ...nextPage, resourceTemplates: listOf('ResourceTemplate') }),
    ReadResourceRequest: request('resources/read', Type.Ref('ReadResourceRequestParams')),
    ReadResourceRequestParams: requestParams({ uri }),
    ReadResourceResult: result({ contents: Type.Array(anyOf('TextResourceContents', 'BlobResourceContents')) }),
    SubscribeRequest: request('resources/subscribe', Type.Ref('SubscribeRequestParams')),
    SubscribeRequestParams: requestParams({ uri }),
    UnsubscribeRequest: request('resources/unsubscribe', Type.Ref('UnsubscribeRequestParams')),
    UnsubscribeRequestParams: requestParams({ uri }),
    ResourceListChangedNotification: notification(
      'notifications/resources/list_changed',
      optionalRef('NotificationParams'),
    ),
    ResourceUpdatedNotification: notification(
      'notifications/resources/updated',
      Type.Ref('ResourceUpdatedNotificationParams'),
    ),
    ResourceUpdatedNotificationParams: notificationParams({ uri }),
  },
  '2025-06-18': {
    Resource: alters({ ...withTitle, ...withMeta }),
    ResourceTemplate: alters({ ...withTitle, ...withMeta }),
    ResourceContents: alters(withMeta),
    TextResourceContents: alters(withMeta),
    BlobResourceContents: alters(withMeta),
    ResourceLink: Type.Object({ type: Type.Literal('resource_link'), ...resource, ...withTitle, ...withMeta }),
  },
  '2025-11-25': {
    Resource: alters(withIcons),
    ResourceTemplate: alters(withIcons),
    ResourceLink: alters(withIcons),
    ResourceRequestParams: requestParams({ uri }),
  },
  '2026-07-28': {
    SubscribeRequest: removed,
    SubscribeRequestParams: removed,
    UnsubscribeRequest: removed,
    UnsubscribeRequestParams: removed,
    ListResourcesRequest: alters({ params: Type.Ref('PaginatedRequestParams') }),
    ListResourcesResult: alters(cacheable),
    ListResourcesResultResponse: responseWith(Type.Ref('ListResourcesResult')),
    ListResourceTemplatesRequest: alters({ params: Type.Ref('PaginatedRequestParams') }),
    ListResourceTemplatesResult: alters(cacheable),
    ListResourceTemplatesResultResponse: responseWith(Type.Ref('ListResourceTemplatesResult')),
    ResourceRequestParams: alters(mustHaveMeta),
    ReadResourceRequestParams: alters({ ...mustHaveMeta, ...retry }),
    ReadResourceResult: alters(cacheable),
    ReadResourceResultResponse: responseWith(anyOf('InputRequiredResult', 'ReadResourceResult')),
  },
} satisfies Topic;
