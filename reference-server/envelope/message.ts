import type {
  Json,
  JsonObject,
  JsonRpcNotification,
  JsonRpcRequest,
  JsonRpcResponse,
  RequestId,
} from '../../spec/messages.ts';

/** What a JSON value turned out to be. */
export type Incoming =
  | { kind: 'request'; message: JsonRpcRequest }
  | { kind: 'notification'; message: JsonRpcNotification }
  | { kind: 'response'; message: JsonRpcResponse }
  | InvalidMessage;

/**
 * Something that is no message. `id` is what an error about it must name: the id of the request it was meant to be, null
 * where that could not be read, undefined where nothing waits for an answer (a botched notification or response).
 */
export interface InvalidMessage {
  kind: 'invalid';
  problem: string;
  id: RequestId | null | undefined;
}

/** Whether a value is a JSON object. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Whether a value can be the id of a request: a string or an integer (2025-11-25, basic, "Requests"). Integers beyond
 * 2^53-1 are refused, because they could not be echoed unchanged.
 */
export function isRequestId(value: Json | undefined): value is RequestId {
  return typeof value === 'string' || Number.isSafeInteger(value);
}

/**
 * Tells which message a JSON value is (JSON-RPC 2.0, sections 4 and 5; MCP 2025-11-25, basic, "Messages"). Member names
 * count letter by letter; members that no rule names are let through.
 */
export function readMessage(value: Json): Incoming {
  if (!isObject(value)) return invalid('A message must be a JSON object.', null);
  const id = isRequestId(value.id) ? value.id : null;
  const answers = Object.hasOwn(value, 'result') || Object.hasOwn(value, 'error');
  if (Object.hasOwn(value, 'method')) {
    if (answers) return invalid('A message with "method" must have neither "result" nor "error".', id);
    return readCall(value, id);
  }
  if (answers) return readResponse(value);
  return invalid('A message must have "method", "result" or "error".', id);
}

function readCall(value: JsonObject, id: RequestId | null): Incoming {
  const { method, params } = value;
  const isNotification = !Object.hasOwn(value, 'id');
  const errorId = isNotification && typeof method === 'string' ? undefined : id;
  if (value.jsonrpc !== '2.0') return invalid('"jsonrpc" must be the string "2.0".', errorId);
  if (typeof method !== 'string') return invalid('"method" must be a string.', errorId);
  if (params !== undefined && !isObject(params)) return invalid('"params" must be an object.', errorId);
  const call = { jsonrpc: '2.0' as const, method, ...(params === undefined ? {} : { params }) };
  if (isNotification) return { kind: 'notification', message: call };
  if (id === null) return invalid('"id" must be a string or an integer between -(2^53-1) and 2^53-1.', null);
  return { kind: 'request', message: { ...call, id } };
}

function readResponse(value: JsonObject): Incoming {
  const { id, result, error } = value;
  if (value.jsonrpc !== '2.0') return invalid('"jsonrpc" must be the string "2.0".', undefined);
  if (result !== undefined && error !== undefined) {
    return invalid('A response must have "result" or "error", not both.', undefined);
  }
  if (result !== undefined) {
    if (!isObject(result)) return invalid('"result" must be an object.', undefined);
    if (!isRequestId(id)) return invalid('"id" of a response must be a string or an integer.', undefined);
    return { kind: 'response', message: { jsonrpc: '2.0', id, result } };
  }
  if (!isObject(error)) return invalid('"error" must be an object.', undefined);
  const { code, message, data } = error;
  if (!Number.isInteger(code)) return invalid('"error.code" must be an integer.', undefined);
  if (typeof message !== 'string') return invalid('"error.message" must be a string.', undefined);
  // An error without an id, or with null, says that the peer could not read the id it answers.
  if (id !== undefined && id !== null && !isRequestId(id)) {
    return invalid('"id" of a response must be a string or an integer.', undefined);
  }
  const details = { code: Number(code), message, ...(data === undefined ? {} : { data }) };
  return { kind: 'response', message: { jsonrpc: '2.0', ...(id === undefined ? {} : { id }), error: details } };
}

function invalid(problem: string, id: RequestId | null | undefined): InvalidMessage {
  return { kind: 'invalid', problem, id };
}
