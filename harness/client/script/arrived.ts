import type { Json, JsonObject } from '../../../spec/messages.ts';
import { readJson } from '../../trace/exchange.ts';
import { headerValue } from '../../wire/headers.ts';
import { isObject } from '../../wire/json-rpc.ts';
import type { Arrival } from './plan.ts';
import type { RequestPattern } from './server-script.ts';

/** What the body of a POST is, read as leniently as an answer needs. */
export type Carried =
  | { readonly kind: 'request'; readonly id: Json; readonly method: string; readonly params: Json | undefined }
  | { readonly kind: 'notification'; readonly method: string }
  | { readonly kind: 'response' }
  | { readonly kind: 'batch'; readonly items: readonly Carried[] }
  | { readonly kind: 'nothing' };

/** Reads what a request carries; anything but a POST carries nothing. */
export function carriedBy(arrival: Arrival): Carried {
  if (arrival.method !== 'POST') return { kind: 'nothing' };
  const read = readJson(arrival.body);
  return read.ok ? carriedIn(read.value) : { kind: 'nothing' };
}

function carriedIn(value: Json): Carried {
  if (Array.isArray(value)) return { kind: 'batch', items: value.map(carriedIn) };
  if (!isObject(value)) return { kind: 'nothing' };
  const { id, method, params } = value;
  if (typeof method !== 'string') {
    return 'result' in value || 'error' in value ? { kind: 'response' } : { kind: 'nothing' };
  }
  return id === undefined ? { kind: 'notification', method } : { kind: 'request', id, method, params };
}

/**
 * Whether a message speaks 2026-07-28, where each request names its revision: a client of both eras asks so first, and
 * goes over to initialize when the server does not understand (2026-07-28, basic/versioning).
 */
export function isStateless(value: Json | undefined): boolean {
  const params: JsonObject = isObject(value) && isObject(value.params) ? value.params : {};
  return isObject(params._meta) && 'io.modelcontextprotocol/protocolVersion' in params._meta;
}

/** Whether a request is of the kind that a pattern speaks of; which of them it is, the pattern's owner counts. */
export function fits(pattern: RequestPattern, arrival: Arrival, carried: Carried): boolean {
  if (pattern.resuming !== undefined) {
    const resuming = headerValue(arrival.headers, 'last-event-id') !== null;
    if (resuming !== pattern.resuming) return false;
  }
  if (arrival.method !== 'POST') return pattern.to === arrival.method;
  if (carried.kind === 'response') return pattern.to === 'response';
  return (carried.kind === 'request' || carried.kind === 'notification') && pattern.to === carried.method;
}
