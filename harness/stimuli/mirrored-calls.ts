import type { Json, JsonObject } from '../../spec/messages.ts';
import { headerText } from '../session/request-metadata.ts';
import { isObject } from '../wire/json-rpc.ts';
import { compileForeign, instanceOf } from './instance.ts';

/** An argument that a tool wants repeated in a header (2026-07-28, transports/streamable-http, "Schema Extension"). */
interface Mirrored {
  readonly property: string;
  readonly header: string;
  readonly schema: JsonObject;
}

/**
 * A call with an argument that a header repeats: `header` is its name, `encoded` and `another` are values for it, the same
 * text in Base64 and another text.
 */
export function mirroredCall(tool: JsonObject): JsonObject | null {
  const { name = null, inputSchema } = tool;
  for (const { property, header, schema } of mirroredIn(inputSchema)) {
    if (!isObject(inputSchema) || schema.type !== 'string') continue;
    const value = textFor(schema);
    const given = call(inputSchema, property, value);
    if (value === null || !given) continue;
    return {
      name,
      arguments: given,
      header,
      encoded: `=?base64?${Buffer.from(value, 'utf8').toString('base64')}?=`,
      another: headerText(`not-${value}`),
    };
  }
  return null;
}

/** A call with an argument that a header can only repeat in Base64: `bare` is what the header must not be, the text as it is, `another` another text. */
export function mirroredAccented(tool: JsonObject): JsonObject | null {
  const { name = null, inputSchema } = tool;
  const validate = isObject(inputSchema) ? compileForeign(inputSchema) : null;
  for (const { property, header, schema } of mirroredIn(inputSchema)) {
    if (!isObject(inputSchema) || schema.type !== 'string') continue;
    // one byte in a header; two in the body
    const bare = `${textFor(schema) ?? ''}\u00e9`;
    const given = call(inputSchema, property, bare);
    if (given && validate?.(given)) return { name, arguments: given, header, bare, another: 'assay-another' };
  }
  return null;
}

/** A call with an argument that a header repeats and that is not required: `absent` and `nulled` are the arguments without it. */
export function mirroredOptional(tool: JsonObject): JsonObject | null {
  const { name = null, inputSchema } = tool;
  for (const { property, header, schema } of mirroredIn(inputSchema)) {
    if (!isObject(inputSchema) || !PRIMITIVES.some((type) => type === schema.type)) continue;
    if (Array.isArray(inputSchema.required) && inputSchema.required.includes(property)) continue;
    const value = schema.type === 'string' ? textFor(schema) : (instanceOf(schema) ?? null);
    const given = value === null ? null : call(inputSchema, property, value);
    if (!given) continue;
    const { [property]: _, ...absent } = given;
    return { name, arguments: given, header, absent, nulled: { ...given, [property]: null } };
  }
  return null;
}

const PRIMITIVES = ['string', 'integer', 'boolean'];

/** A call with an integer that a header repeats: `header` is its name, `decimal` the same number with a fraction of zero, `another` another. */
export function mirroredInteger(tool: JsonObject): JsonObject | null {
  const { name = null, inputSchema } = tool;
  for (const { property, header, schema } of mirroredIn(inputSchema)) {
    if (!isObject(inputSchema) || schema.type !== 'integer') continue;
    const value = instanceOf(schema);
    const given = call(inputSchema, property, value ?? null);
    if (typeof value === 'number' && given)
      return { name, arguments: given, header, decimal: `${value}.0`, another: `${value + 1}` };
  }
  return null;
}

/** The annotated properties of the schema itself; what lies deeper can be missing for other reasons. */
function mirroredIn(schema: Json | undefined): Mirrored[] {
  if (!isObject(schema) || !isObject(schema.properties)) return [];
  return Object.entries(schema.properties).flatMap(([property, inner]) => {
    const header = isObject(inner) ? inner['x-mcp-header'] : undefined;
    return isObject(inner) && typeof header === 'string' && header
      ? [{ property, header: `Mcp-Param-${header}`, schema: inner }]
      : [];
  });
}

function textFor(schema: JsonObject): string | null {
  const value = [instanceOf({ ...schema, minLength: Number(schema.minLength ?? 1) }), instanceOf(schema)].find(
    (one) => typeof one === 'string' && one !== '',
  );
  return typeof value === 'string' ? value : null;
}

function call(schema: JsonObject, property: string, value: Json): JsonObject | null {
  const required = Array.isArray(schema.required) ? schema.required : [];
  const narrowed = {
    ...schema,
    required: [...new Set([...required, property])],
    properties: { ...(isObject(schema.properties) ? schema.properties : {}), [property]: { const: value } },
  };
  const made = instanceOf(narrowed);
  return isObject(made) ? made : null;
}
