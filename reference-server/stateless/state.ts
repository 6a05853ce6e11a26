import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Json, JsonObject, JsonRpcRequest } from '../../spec/messages.ts';
import { parseJson } from '../envelope/json.ts';
import { isObject } from '../envelope/message.ts';

/** What must be known when a request comes again, because the server keeps nothing. */
export interface RequestState {
  /** What was answered in earlier rounds. */
  answers: JsonObject;
  /** Which request it belongs to. */
  request: string;
  /** Milliseconds since the epoch. */
  expires: number;
}

/**
 * Writes a state as text that the client cannot change without its being noticed: the state and an HMAC of it
 * (2026-07-28, basic/patterns/mrtr, "Server Requirements"). The client may read it, for it says nothing it does not know.
 */
export function sealState(key: Buffer, { answers, request, expires }: RequestState): string {
  const payload = Buffer.from(JSON.stringify({ answers, request, expires })).toString('base64url');
  return `${payload}.${sealOf(key, payload)}`;
}

/** Reads a state that this server wrote; undefined for anything else. Whether it is still good is another question. */
export function openState(key: Buffer, text: string): RequestState | undefined {
  const [payload = '', seal = '', ...more] = text.split('.');
  const expected = sealOf(key, payload);
  if (more.length > 0 || seal.length !== expected.length) return undefined;
  if (!timingSafeEqual(Buffer.from(seal), Buffer.from(expected))) return undefined;
  const state = parseJson(Buffer.from(payload, 'base64url').toString());
  if (!isObject(state) || !isObject(state.answers)) return undefined;
  return { answers: state.answers, request: String(state.request), expires: Number(state.expires) };
}

/**
 * What tells one request from another: its method and the params that decide what it does. A state is good for the request
 * it was made for only ("Server Requirements").
 */
export function requestDigest({ method, params = {} }: JsonRpcRequest): string {
  const { _meta, inputResponses, requestState, ...salient } = params;
  return createHash('sha256')
    .update(canonical({ method, params: salient }))
    .digest('base64url');
}

function sealOf(key: Buffer, payload: string): string {
  return createHmac('sha256', key).update(payload).digest('base64url');
}

/** JSON with the members of every object in one order, so that equal values have equal texts. */
function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name] ?? null)}`).join(',')}}`;
}
