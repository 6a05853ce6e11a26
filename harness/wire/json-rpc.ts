import type { Json, JsonObject, RequestId } from '../../spec/messages.ts';

/** What a decoded JSON value is, as a JSON-RPC message; `broken` says every rule of the envelope it breaks. */
export type Envelope =
  | { readonly kind: 'request'; readonly id: RequestId; readonly method: string; readonly params: Json | undefined }
  | { readonly kind: 'notification'; readonly method: string; readonly params: Json | undefined }
  | { readonly kind: 'success'; readonly id: RequestId; readonly result: Json }
  | { readonly kind: 'failure'; readonly id: RequestId | null | undefined; readonly error: JsonObject }
  | { readonly kind: 'broken'; readonly faults: readonly EnvelopeFault[] };

/** One way in which a message is not a JSON-RPC 2.0 message (https://www.jsonrpc.org/specification). */
export type EnvelopeFault =
  | 'not-an-object'
  | 'jsonrpc-not-2.0'
  | 'method-not-a-string'
  | 'params-not-structured'
  | 'id-null-on-request'
  | 'id-of-wrong-type'
  | 'id-missing-on-success'
  | 'result-and-error'
  | 'neither-result-nor-error'
  | 'method-on-response'
  | 'error-not-an-object'
  | 'error-without-code'
  | 'error-without-message'
  | 'error-code-not-integer'
  | 'error-message-not-string';

/** Whether a value may be the id of an MCP request: a string or an integer. */
export function isRequestId(value: unknown): value is RequestId {
  return typeof value === 'string' || Number.isInteger(value);
}

/** Whether a JSON value is an object (not an array, not null). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The members of a list that are objects; of what is no list, none. */
export function objectsIn(list: Json | undefined): JsonObject[] {
  return Array.isArray(list) ? list.filter(isObject) : [];
}

/** Reads a JSON value as one JSON-RPC 2.0 message and notes everything that is wrong with it. */
export function readEnvelope(value: Json): Envelope {
  if (!isObject(value)) return { kind: 'broken', faults: ['not-an-object'] };
  const faults: EnvelopeFault[] = value.jsonrpc === '2.0' ? [] : ['jsonrpc-not-2.0'];
  const isResponse = 'result' in value || 'error' in value;
  if (!isResponse && !('method' in value)) {
    return { kind: 'broken', faults: [...faults, 'neither-result-nor-error'] };
  }
  return isResponse ? readResponse(value, faults) : readCall(value, faults);
}

function readCall(value: JsonObject, faults: EnvelopeFault[]): Envelope {
  const { method, params, id } = value;
  if (typeof method !== 'string') faults.push('method-not-a-string');
  if (params !== undefined && (params === null || typeof params !== 'object')) faults.push('params-not-structured');
  if (id === null) faults.push('id-null-on-request');
  else if (id !== undefined && !isRequestId(id)) faults.push('id-of-wrong-type');
  if (faults.length || typeof method !== 'string') return { kind: 'broken', faults };
  return isRequestId(id) ? { kind: 'request', id, method, params } : { kind: 'notification', method, params };
}

function readResponse(value: JsonObject, faults: EnvelopeFault[]): Envelope {
  const { id, result, error } = value;
  if ('method' in value) faults.push('method-on-response');
  if (result !== undefined && error !== undefined) faults.push('result-and-error');
  if (id !== undefined && id !== null && !isRequestId(id)) faults.push('id-of-wrong-type');
  if (error === undefined) {
    if (id === undefined || id === null) faults.push('id-missing-on-success');
    if (faults.length || !isRequestId(id) || result === undefined) return { kind: 'broken', faults };
    return { kind: 'success', id, result };
  }
  if (!isObject(error)) return { kind: 'broken', faults: [...faults, 'error-not-an-object'] };
  if (!('code' in error)) faults.push('error-without-code');
  else if (!Number.isInteger(error.code)) faults.push('error-code-not-integer');
  if (!('message' in error)) faults.push('error-without-message');
  else if (typeof error.message !== 'string') faults.push('error-message-not-string');
  if (faults.length || !(id === undefined || id === null || isRequestId(id))) return { kind: 'broken', faults };
  return { kind: 'failure', id, error };
}
