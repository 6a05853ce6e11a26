import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Json, JsonObject } from '../../spec/messages.ts';
import { keptBySchema } from '../judge/foreign-schemas.ts';
import { isObject } from '../wire/json-rpc.ts';

/** Compiles a schema as a target wrote it; null when ajv cannot. */
export const compileForeign = keptBySchema((schema): ValidateFunction | null => {
  const ajv = new Ajv2020({ strict: false, logger: false, validateSchema: false });
  formats.default(ajv);
  try {
    const { $schema: _, $id: __, ...rest } = schema;
    return ajv.compile(rest);
  } catch {
    return null;
  }
});

/**
 * A small value that satisfies a schema, or undefined when none is found. Nothing in it points anywhere: addresses are
 * below `.invalid`, texts are plain words.
 */
export function instanceOf(schema: JsonObject): Json | undefined {
  const validate = compileForeign(schema);
  const made = make(schema, schema, 0);
  return validate && made !== undefined && validate(made) ? made : undefined;
}

/** What stands in a misfit where something else should: it is recognised when a target repeats it. */
export const MISFITS: readonly Json[] = ['assay-misfit', 987_654_321];

/** A value of an object schema with one member of a type, or outside the choices, that its schema rules out; else undefined. */
export function misfitOf(schema: JsonObject): JsonObject | undefined {
  const validate = compileForeign(schema);
  const fitting = instanceOf(schema);
  if (!validate || !isObject(fitting) || !isObject(schema.properties)) return undefined;
  for (const property of Object.keys(schema.properties)) {
    const misfit = MISFITS.map((wrong) => ({ ...fitting, [property]: wrong })).find((made) => !validate(made));
    if (misfit) return misfit;
  }
  return undefined;
}

const TEXTS: { readonly [format: string]: string } = {
  uri: 'https://assay.invalid/',
  url: 'https://assay.invalid/',
  email: 'assay@assay.invalid',
  date: '2025-01-31',
  time: '12:00:00Z',
  'date-time': '2025-01-31T12:00:00Z',
  uuid: '00000000-0000-4000-8000-000000000000',
  hostname: 'assay.invalid',
  ipv4: '192.0.2.1',
};

function make(schema: Json | undefined, root: JsonObject, depth: number): Json | undefined {
  if (!isObject(schema)) return schema === false ? undefined : 'assay';
  if (depth > 8) return undefined;
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  if (schema.default !== undefined) return schema.default;
  if (Array.isArray(schema.examples) && schema.examples[0] !== undefined) return schema.examples[0];
  if (typeof schema.$ref === 'string') return make(resolve(schema.$ref, root), root, depth + 1);
  for (const union of [schema.anyOf, schema.oneOf]) {
    if (Array.isArray(union)) return union.map((one) => make(one, root, depth + 1)).find((one) => one !== undefined);
  }
  const type = Array.isArray(schema.type) ? schema.type[0] : (schema.type ?? (schema.properties ? 'object' : 'string'));
  switch (type) {
    case 'object':
      return makeObject(schema, root, depth);
    case 'array':
      return makeArray(schema, root, depth);
    case 'number':
    case 'integer':
      return makeNumber(schema);
    case 'boolean':
      return false;
    case 'null':
      return null;
    default:
      return makeText(schema);
  }
}

function makeObject(schema: JsonObject, root: JsonObject, depth: number): Json | undefined {
  const required = Array.isArray(schema.required) ? schema.required : [];
  const properties = isObject(schema.properties) ? schema.properties : {};
  const made: JsonObject = {};
  for (const name of required) {
    const value = make(properties[String(name)] ?? true, root, depth + 1);
    if (value === undefined) return undefined;
    made[String(name)] = value;
  }
  return made;
}

function makeArray(schema: JsonObject, root: JsonObject, depth: number): Json | undefined {
  const item = make(schema.items ?? true, root, depth + 1);
  const length = typeof schema.minItems === 'number' ? schema.minItems : 0;
  return item === undefined && length > 0 ? undefined : Array.from({ length }, () => item ?? null);
}

function makeNumber(schema: JsonObject): number {
  const least = typeof schema.minimum === 'number' ? schema.minimum : undefined;
  const above = typeof schema.exclusiveMinimum === 'number' ? schema.exclusiveMinimum + 1 : undefined;
  const most = typeof schema.maximum === 'number' ? schema.maximum : undefined;
  return Math.ceil(least ?? above ?? (most !== undefined && most < 1 ? most : 1));
}

function makeText(schema: JsonObject): string {
  const base = (typeof schema.format === 'string' ? TEXTS[schema.format] : undefined) ?? 'assay';
  const least = typeof schema.minLength === 'number' ? schema.minLength : 0;
  const most = typeof schema.maxLength === 'number' ? schema.maxLength : Number.POSITIVE_INFINITY;
  return base.padEnd(least, 'x').slice(0, most);
}

function resolve(reference: string, root: JsonObject): Json | undefined {
  if (reference === '#') return root;
  if (!reference.startsWith('#/')) return undefined;
  let value: Json | undefined = root;
  for (const part of reference.slice(2).split('/')) {
    const name = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }
  return value;
}
