import Type from 'typebox';
import { cacheable } from './caching.ts';
import { alters, removed, type Topic } from './layers.ts';
import {
  notification,
  optionalRef,
  optionalString,
  request,
  requestParams,
  responseWith,
  result,
  strings,
  uri,
  withIcons,
  withTitle,
} from './shapes.ts';

/** Who the peers are and how they meet (pages `basic/lifecycle`, `basic/utilities/ping`, `server/discover`). */
export const lifecycle = {
  '2024-11-05': {
    Implementation: Type.Object({ name: Type.String(), version: Type.String() }),
    InitializeRequest: request('initialize', Type.Ref('InitializeRequestParams')),
    InitializeRequestParams: requestParams({
      protocolVersion: Type.String(),
      capabilities: Type.Ref('ClientCapabilities'),
      clientInfo: Type.Ref('Implementation'),
    }),
    InitializeResult: result({
      protocolVersion: Type.String(),
      capabilities: Type.Ref('ServerCapabilities'),
      serverInfo: Type.Ref('Implementation'),
      instructions: optionalString,
    }),
    InitializedNotification: notification('notifications/initialized', optionalRef('NotificationParams')),
    PingRequest: request('ping', optionalRef('RequestParams')),
  },
  '2025-06-18': {
    BaseMetadata: Type.Object({ name: Type.String(), ...withTitle }),
    Implementation: alters(withTitle),
  },
  '2025-11-25': {
    Icon: Type.Object({
      src: uri,
      mimeType: optionalString,
      sizes: Type.Optional(strings),
      theme: Type.Optional(Type.Enum(['light', 'dark'])),
    }),
    Icons: Type.Object(withIcons),
    Implementation: alters({ ...withIcons, description: optionalString, websiteUrl: Type.Optional(uri) }),
  },
  '2026-07-28': {
    InitializeRequest: removed,
    InitializeRequestParams: removed,
    InitializeResult: removed,
    InitializedNotification: removed,
    PingRequest: removed,
    DiscoverRequest: request('server/discover', Type.Ref('RequestParams')),
    DiscoverResult: result({
      ...cacheable,
      supportedVersions: strings,
      capabilities: Type.Ref('ServerCapabilities'),
      instructions: optionalString,
    }),
    DiscoverResultResponse: responseWith(Type.Ref('DiscoverResult')),
  },
} satisfies Topic;
