/** Building messages and putting them into bytes. */
import type {
  JsonObject,
  JsonRpcError,
  JsonRpcFailure,
  JsonRpcMessage,
  JsonRpcNotification,
  JsonRpcRequest,
  JsonRpcResponse,
  JsonRpcSuccess,
  RequestId,
} from '../spec/messages.ts';

/** A request; `params` are left out when there are none. */
export function request(id: RequestId, method: string, params?: JsonObject): JsonRpcRequest {
  return { jsonrpc: '2.0', id, method, ...(params && { params }) };
}

/** A notification: no id, no answer. */
export function notification(method: string, params?: JsonObject): JsonRpcNotification {
  return { jsonrpc: '2.0', method, ...(params && { params }) };
}

/** The answer to a request that succeeded. */
export function successResponse(id: RequestId, result: JsonObject): JsonRpcSuccess {
  return { jsonrpc: '2.0', id, result };
}

/** The answer to a request that failed. */
export function errorResponse(id: RequestId, error: JsonRpcError): JsonRpcFailure {
  return { jsonrpc: '2.0', id, error };
}

export function isRequest(message: JsonRpcMessage): message is JsonRpcRequest {
  return 'method' in message && 'id' in message;
}

export function isNotification(message: JsonRpcMessage): message is JsonRpcNotification {
  return 'method' in message && !('id' in message);
}

export function isResponse(message: JsonRpcMessage): message is JsonRpcResponse {
  return !('method' in message);
}

/** One message as UTF-8 JSON (basic/transports). */
export function encodeMessage(message: JsonRpcMessage): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(message));
}

/**
 * The parameters of a request that asks for progress: the caller's own `_meta` is kept.
 *
 * Source: basic/utilities/progress#progress-flow.
 */
export function withProgressToken(params: JsonObject | undefined, progressToken: string | number): JsonObject {
  const meta = params?._meta;
  const own = typeof meta === 'object' && meta !== null && !Array.isArray(meta) ? meta : {};
  return { ...params, _meta: { ...own, progressToken } };
}
