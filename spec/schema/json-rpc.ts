import Type from 'typebox';
import type { Json } from '../messages.ts';
import { alters, removed, type Topic } from './layers.ts';
import { anyObject, anyOf, envelope, mapOf, notificationParams, optionalRef, requestParams, result } from './shapes.ts';

const id = { id: Type.Ref('RequestId') };
const openParams = { params: Type.Optional(anyObject) };

/** JSON-RPC envelopes, and what requests, notifications and results have in common (page `basic`). */
export const jsonRpc = {
  '2024-11-05': {
    RequestId: Type.Union([Type.String(), Type.Integer()]),
    JSONObject: anyObject,
    Request: Type.Object({ method: Type.String(), params: optionalRef('RequestParams') }),
    RequestParams: requestParams({}),
    Notification: Type.Object({ method: Type.String(), params: optionalRef('NotificationParams') }),
    NotificationParams: notificationParams({}),
    Result: result({}),
    EmptyResult: Type.Ref('Result'),
    Error: Type.Object({ code: Type.Integer(), message: Type.String(), data: Type.Optional(Type.Unknown()) }),
    JSONRPCRequest: Type.Object({ ...envelope, ...id, method: Type.String(), params: optionalRef('RequestParams') }),
    JSONRPCNotification: Type.Object({
      ...envelope,
      method: Type.String(),
      params: optionalRef('NotificationParams'),
    }),
    JSONRPCResponse: Type.Object({ ...envelope, ...id, result: Type.Ref('Result') }),
    JSONRPCError: Type.Object({ ...envelope, ...id, error: Type.Ref('Error') }),
    JSONRPCMessage: anyOf('JSONRPCRequest', 'JSONRPCNotification', 'JSONRPCResponse', 'JSONRPCError'),
  },
  '2025-03-26': {
    JSONRPCBatchRequest: Type.Array(anyOf('JSONRPCRequest', 'JSONRPCNotification')),
    JSONRPCBatchResponse: Type.Array(anyOf('JSONRPCResponse', 'JSONRPCError')),
    JSONRPCMessage: anyOf(
      'JSONRPCRequest',
      'JSONRPCNotification',
      'JSONRPCBatchRequest',
      'JSONRPCResponse',
      'JSONRPCError',
      'JSONRPCBatchResponse',
    ),
  },
  '2025-06-18': {
    JSONRPCBatchRequest: removed,
    JSONRPCBatchResponse: removed,
    JSONRPCMessage: anyOf('JSONRPCRequest', 'JSONRPCNotification', 'JSONRPCResponse', 'JSONRPCError'),
  },
  '2025-11-25': {
    // The generic messages no longer look into the parameters: the named ones do.
    Request: alters(openParams),
    Notification: alters(openParams),
    JSONRPCRequest: alters(openParams),
    JSONRPCNotification: alters(openParams),
    JSONRPCError: removed,
    // The id of a request that could not be read is left out.
    JSONRPCErrorResponse: Type.Object({ ...envelope, id: optionalRef('RequestId'), error: Type.Ref('Error') }),
    JSONRPCResultResponse: Type.Object({ ...envelope, ...id, result: Type.Ref('Result') }),
    JSONRPCResponse: anyOf('JSONRPCResultResponse', 'JSONRPCErrorResponse'),
    JSONRPCMessage: anyOf('JSONRPCRequest', 'JSONRPCNotification', 'JSONRPCResultResponse', 'JSONRPCErrorResponse'),
  },
  '2026-07-28': {
    // That null and fractions are no JSON values is the official schema's mistake: see `readings.ts`.
    JSONValue: Type.Unsafe<Json>(
      Type.Union([
        Type.Ref('JSONObject'),
        Type.Array(Type.Ref('JSONValue')),
        Type.String(),
        Type.Integer(),
        Type.Boolean(),
      ]),
    ),
    JSONArray: Type.Array(Type.Ref('JSONValue')),
    JSONObject: mapOf(Type.Ref('JSONValue')),
    ResultType: Type.String(),
    RequestParams: alters({ _meta: Type.Ref('RequestMetaObject') }),
    Result: alters({ resultType: Type.Ref('ResultType') }),
  },
} satisfies Topic;
