import type { Json, JsonObject } from '../../spec/messages.ts';
import { headerText } from '../request-metadata.ts';
import { isObject } from '../wire/json-rpc.ts';
import { instanceOf } from './instance.ts';

/** An argument that a tool wants repeated in a header (2026-07-28, transports/streamable-http, "Schema Extension"). */
interface Mirrored {
  readonly property: string;
  readonly header: string;
  readonly schema: JsonObject;
}

/**
 * A call with an argument that a header repeats: `header` is its name, `encoded` and `another` are values for it, the same
 * text in Base64 and another text. `absent` and `nulled` are the arguments without it, where it is not required.
 */
export function mirroredCall(tool: JsonObject): JsonObject | null {
  const { name = null, inputSchema } = tool;
  for (const { property, header, schema } of mirroredIn(inputSchema)) {
    if (!isObject(inputSchema) || schema.type !== 'string') continue;
    const value = textFor(schema);
    const given = call(inputSchema, property, value);
    if (value === null || !given) continue;
    const { [property]: _, ...absent } = given;
    const optional = !(Array.isArray(inputSchema.required) && inputSchema.required.includes(property));
    return {
      name,
      arguments: given,
      header,
      encoded: `=?base64?${Buffer.from(value, 'utf8').toString('base64')}?=`,
      another: headerText(`not-${value}`),
      ...(optional ? { absent, nulled: { ...given, [property]: null } } : {}),
    };
  }
  return null;
}

/** A call with an integer that a header repeats: `header` is its name, `decimal` the same number with a fraction of zero. */
export function mirroredInteger(tool: JsonObject): JsonObject | null {
  const { name = null, inputSchema } = tool;
  for (const { property, header, schema } of mirroredIn(inputSchema)) {
    if (!isObject(inputSchema) || schema.type !== 'integer') continue;
    const value = instanceOf(schema);
    const given = call(inputSchema, property, value ?? null);
    if (typeof value === 'number' && given) return { name, arguments: given, header, decimal: `${value}.0` };
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
