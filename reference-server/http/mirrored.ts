import type { Json, JsonObject, JsonRpcRequest } from '../../spec/messages.ts';
import { ErrorCode } from '../envelope/error.ts';
import { isObject } from '../envelope/message.ts';
import { field, type RequestHead } from './head.ts';
import { type Refusal, refuse } from './reply.ts';

/** Which param `Mcp-Name` repeats, by method (2026-07-28, basic/transports/streamable-http, "Standard Request Headers"; ext-tasks, "Routing Headers"). */
const NAMED_BY: Readonly<Record<string, string>> = {
  'tools/call': 'name',
  'prompts/get': 'name',
  'resources/read': 'uri',
  'tasks/get': 'taskId',
  'tasks/update': 'taskId',
  'tasks/cancel': 'taskId',
};

/**
 * Refuses a request whose header fields do not repeat what its body says: revision, method, and the name of what it is about
 * ("Server Validation"). Whoever routes by the fields must not be told something else than the server.
 *
 * @param version the revision that the body names
 */
export function checkMirrors(head: RequestHead, request: JsonRpcRequest, version: string): Refusal | undefined {
  const { method, params = {} } = request;
  return (
    mismatch('MCP-Protocol-Version', field(head, 'mcp-protocol-version'), version) ??
    mismatch('Mcp-Method', field(head, 'mcp-method'), method) ??
    checkName(head, method, params)
  );
}

/**
 * Refuses a call whose header fields do not repeat the arguments that the tool wants repeated: a field that is missing, or
 * there without its argument, or says something else ("Server Behavior for Custom Headers").
 */
export function checkMirroredParameters(head: RequestHead, schema: JsonObject, args: JsonObject): Refusal | undefined {
  for (const { path, name } of mirrorsIn(schema)) {
    const value = valueAt(args, path);
    const given = field(head, `mcp-param-${name.toLowerCase()}`);
    const label = `Mcp-Param-${name}`;
    if (value === undefined || value === null) {
      if (given !== undefined) return refuseMismatch(`${label} is there, but the argument it repeats is not.`);
      continue;
    }
    if (given === undefined) return refuseMismatch(`${label} is missing.`);
    const decoded = decodeFieldValue(given);
    if (decoded === undefined) return refuseMismatch(`${label} has a value that cannot be read.`);
    if (!sameValue(decoded, value)) return refuseMismatch(`${label} does not say what the argument says.`);
  }
  return undefined;
}

/**
 * The text that a field's value stands for: itself, or what is encoded between `=?base64?` and `?=` ("Value Encoding").
 * Undefined when the encoding is broken, or the value has characters that no field may have.
 */
export function decodeFieldValue(value: string): string | undefined {
  if (!/^[\t\x20-\x7e]*$/.test(value)) return undefined;
  const [, encoded] = /^=\?base64\?(.*)\?=$/s.exec(value) ?? [];
  if (encoded === undefined) return value;
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(encoded)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(encoded, 'base64'));
  } catch {
    return undefined;
  }
}

function checkName(head: RequestHead, method: string, params: JsonObject): Refusal | undefined {
  const member = Object.hasOwn(NAMED_BY, method) ? NAMED_BY[method] : undefined;
  const value = member === undefined ? undefined : params[member];
  // A name that is missing from the body, or no text, is for the method itself to complain of.
  if (typeof value !== 'string') return undefined;
  const given = field(head, 'mcp-name');
  const decoded = given === undefined ? undefined : decodeFieldValue(given);
  if (given !== undefined && decoded === undefined) return refuseMismatch('Mcp-Name has a value that cannot be read.');
  return mismatch('Mcp-Name', decoded, value);
}

function mismatch(label: string, given: string | undefined, value: string): Refusal | undefined {
  if (given === undefined) return refuseMismatch(`The field ${label} is missing.`);
  return given === value ? undefined : refuseMismatch(`The field ${label} does not say what the body says.`);
}

function refuseMismatch(message: string): Refusal {
  return refuse(400, message, { code: ErrorCode.headerMismatch });
}

/** The properties of a schema that are to be repeated, with the way to each: only properties of properties count. */
function mirrorsIn(schema: JsonObject, path: readonly string[] = []): { path: readonly string[]; name: string }[] {
  const properties = isObject(schema.properties) ? Object.entries(schema.properties) : [];
  return properties.flatMap(([key, property]) => {
    if (!isObject(property)) return [];
    const name = property['x-mcp-header'];
    const here = [...path, key];
    return [...(typeof name === 'string' ? [{ path: here, name }] : []), ...mirrorsIn(property, here)];
  });
}

function valueAt(args: JsonObject, path: readonly string[]): Json | undefined {
  let value: Json | undefined = args;
  for (const step of path) value = isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  return value;
}

/** Numbers are compared as numbers: `42.0` says the same as 42. */
function sameValue(text: string, value: Json): boolean {
  if (typeof value === 'number') return /^-?\d+(\.\d+)?$/.test(text) && Number(text) === value;
  return text === String(value);
}
