import Type from 'typebox';
import { alters, removed, type Topic } from './layers.ts';
import { listOf, notification, optionalRef, optionalString, request, result, uri, withMeta } from './shapes.ts';

/** The folders a client lets a server work in (page `client/roots`). */
export const roots = {
  '2024-11-05': {
    /** The specification wants a `file://` URI; the schema any URI. */
    Root: Type.Object({ uri, name: optionalString }),
    ListRootsRequest: request('roots/list', optionalRef('RequestParams')),
    ListRootsResult: result({ roots: listOf('Root') }),
    RootsListChangedNotification: notification('notifications/roots/list_changed', optionalRef('NotificationParams')),
  },
  '2025-06-18': { Root: alters(withMeta) },
  // No message of its own any more: it travels inside an `InputRequiredResult`, its answer inside the retried request.
  '2026-07-28': {
    ListRootsRequest: alters({ params: Type.Optional(Type.Object(withMeta)) }, 'jsonrpc', 'id'),
    ListRootsResult: alters({}, '_meta'),
    RootsListChangedNotification: removed,
  },
} satisfies Topic;
