import Type from 'typebox';
import { alters, type Topic } from './layers.ts';
import { anyObject, optionalRef } from './shapes.ts';

const subscription = 'io.modelcontextprotocol/subscriptionId';
const server = { 'io.modelcontextprotocol/serverInfo': optionalRef('Implementation') };

/** What `_meta` may and must hold (page `basic`, section `_meta`). */
export const meta = {
  '2024-11-05': {
    MetaObject: anyObject,
    RequestMetaObject: Type.Object({ progressToken: optionalRef('ProgressToken') }),
    NotificationMetaObject: anyObject,
    ResultMetaObject: anyObject,
  },
  '2026-07-28': {
    RequestMetaObject: alters({
      'io.modelcontextprotocol/protocolVersion': Type.String(),
      'io.modelcontextprotocol/clientCapabilities': Type.Ref('ClientCapabilities'),
      'io.modelcontextprotocol/clientInfo': optionalRef('Implementation'),
      'io.modelcontextprotocol/logLevel': optionalRef('LoggingLevel'),
    }),
    NotificationMetaObject: Type.Object({ [subscription]: optionalRef('RequestId') }),
    ResultMetaObject: Type.Object(server),
    SubscriptionsListenResultMetaObject: Type.Object({ ...server, [subscription]: Type.Ref('RequestId') }),
  },
} satisfies Topic;
