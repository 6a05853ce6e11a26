import type { Json, JsonObject } from '../../../spec/messages.ts';
import type { Observation } from '../../judge/observation.ts';
import { type Exchange, readJson } from '../../trace/exchange.ts';
import { lenientUtf8 } from '../../wire/bytes.ts';
import { type HeaderPairs, mediaTypeOf } from '../../wire/headers.ts';
import { isObject } from '../../wire/json-rpc.ts';

/** Reads a client's request as what expectations see of it, each part absent when it was not on the wire. */
export function observeRequest(exchange: Exchange): Observation {
  const headers = joinedHeaders(exchange.requestHeaders);
  const seen: JsonObject = {
    httpMethod: exchange.method,
    headers,
    body: lenientUtf8(exchange.requestBody),
    messages: exchange.sent.map(({ value }) => value),
  };
  put(seen, 'mediaType', mediaTypeOf(exchange.requestHeaders) ?? undefined);
  put(seen, 'session', headers['mcp-session-id']);
  put(seen, 'version', headers['mcp-protocol-version']);
  put(seen, 'lastEventId', headers['last-event-id']);
  put(seen, 'status', exchange.response?.status);
  const read = exchange.requestBody.length ? readJson(exchange.requestBody) : { ok: false as const };
  if (read.ok) seen.json = read.value;
  if (!read.ok || !isObject(read.value)) return seen;
  seen.message = read.value;
  for (const part of ['id', 'params', 'result', 'error']) put(seen, part, read.value[part]);
  return seen;
}

/** Headers by their names in lower case, several values joined by a comma (RFC 9110, 5.3). */
export function joinedHeaders(pairs: HeaderPairs): { [name: string]: string } {
  const headers: { [name: string]: string } = {};
  for (const [name, value] of pairs) {
    const key = name.toLowerCase();
    headers[key] = key in headers ? `${headers[key]}, ${value}` : value;
  }
  return headers;
}

function put(seen: JsonObject, part: string, value: Json | undefined): void {
  if (value !== undefined) seen[part] = value;
}
