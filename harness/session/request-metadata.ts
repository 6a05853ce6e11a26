import type { Json, JsonObject } from '../../spec/messages.ts';
import { factsOf, type PerRequest, type Revision } from '../../spec/revisions.ts';
import type { HeaderPairs } from '../wire/headers.ts';
import { isObject } from '../wire/json-rpc.ts';

/** What the `_meta` of a request says of itself and its client; nothing where `initialize` says it for all requests. */
export function requestMeta(revision: Revision, capabilities: JsonObject): JsonObject {
  const keys = factsOf(revision).perRequest?.metaKeys;
  if (!keys) return {};
  return {
    [keys.protocolVersion]: revision,
    [keys.clientInfo]: { name: 'mcp-assay', version: '0' },
    [keys.clientCapabilities]: capabilities,
  };
}

/**
 * A message with members added to its `params._meta`; a member that is null is left out, and what the message says itself
 * goes before. A message without a place for them stays as it is.
 */
export function withMeta(message: Json, meta: JsonObject): Json {
  if (!isObject(message) || !Object.keys(meta).length) return message;
  const { params = {} } = message;
  if (!isObject(params) || (params._meta !== undefined && !isObject(params._meta))) return message;
  const all = Object.entries({ ...meta, ...(isObject(params._meta) ? params._meta : {}) });
  return { ...message, params: { ...params, _meta: Object.fromEntries(all.filter(([, value]) => value !== null)) } };
}

/**
 * The headers that repeat what a message says, with its revision (2026-07-28, transports/streamable-http#request-metadata).
 *
 * @param tools the tools of the server, in whose schemas stands which arguments a header repeats
 */
export function metadataHeaders(
  message: Json | undefined,
  revision: Revision,
  tools: readonly JsonObject[],
): HeaderPairs {
  const { perRequest, versionHeader } = factsOf(revision);
  if (!perRequest) return [];
  const headers: [string, string][] = versionHeader ? [[versionHeader, revision]] : [];
  if (!isObject(message) || typeof message.method !== 'string') return headers;
  const { method, params } = message;
  headers.push([perRequest.methodHeader, method]);
  if (!isObject(params)) return headers;
  const name = Object.hasOwn(perRequest.namedBy, method) ? params[perRequest.namedBy[method] ?? ''] : undefined;
  if (typeof name === 'string') headers.push([perRequest.nameHeader, headerText(name)]);
  const tool = method === 'tools/call' ? tools.find((one) => one.name === name) : undefined;
  return tool ? [...headers, ...paramHeaders(tool.inputSchema, params.arguments, perRequest)] : headers;
}

/** The headers for the arguments that a schema annotates, at whatever depth `properties` lead to. */
function paramHeaders(schema: Json | undefined, value: Json | undefined, facts: PerRequest): [string, string][] {
  if (!isObject(schema) || !isObject(schema.properties) || !isObject(value)) return [];
  return Object.entries(schema.properties).flatMap(([key, property]) => {
    const given = Object.hasOwn(value, key) ? value[key] : undefined;
    if (!isObject(property) || given === undefined || given === null) return [];
    const header = property[facts.paramHeaderKeyword];
    const own: [string, string][] =
      typeof header === 'string' && typeof given !== 'object'
        ? [[`${facts.paramHeaderPrefix}${header}`, headerText(String(given))]]
        : [];
    return [...own, ...paramHeaders(property, given, facts)];
  });
}

/** A value as a header can carry it: as it is, or its UTF-8 bytes in Base64 between the markers of the page. */
export function headerText(value: string): string {
  const plain = /^[\x20-\x7E\t]*$/.test(value) && value.trim() === value && !/^=\?base64\?.*\?=$/.test(value);
  return plain ? value : `=?base64?${Buffer.from(value, 'utf8').toString('base64')}?=`;
}
