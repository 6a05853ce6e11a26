import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Json, JsonObject } from '../../spec/messages.ts';
import type { Schema, Seen } from '../case/case.ts';
import { fill, type Lookup } from '../case/placeholders.ts';
import type { Observation } from './observation.ts';

/** One part of an observation that is not as it was to be. */
export interface Mismatch {
  /** The part and the place in it, such as `error.code`. */
  readonly path: string;
  /** What is wrong with it. */
  readonly problem: string;
  /** What was there; absent when there was nothing. */
  readonly actual?: Json;
}

const ajv = new Ajv2020({ strict: false, allErrors: false, verbose: true, code: { optimize: false } });
formats.default(ajv);
/** Validators by the schema as text. */
const compiled = new Map<string, ValidateFunction>();
/** The same by the schema itself: those without placeholders are met again and again. */
const fixed = new WeakMap<object, ValidateFunction>();

/**
 * Holds an observation against schemas for its parts.
 *
 * @returns the first mismatch, or null when everything fits
 * @throws UnknownPlaceholder when a schema speaks of something that was not seen
 */
export function mismatch(seen: Seen, observation: Observation, lookup: Lookup): Mismatch | null {
  for (const [part, raw] of Object.entries(seen)) {
    const schema = typeof raw === 'boolean' || isFixed(raw) ? raw : fill(raw, lookup);
    const found = check(part, schema, observation[part]);
    if (found) return found;
  }
  return null;
}

function check(part: string, schema: Schema, actual: Json | undefined): Mismatch | null {
  if (schema === false) {
    return actual === undefined ? null : { path: part, problem: 'should not be there', actual };
  }
  if (actual === undefined) return { path: part, problem: `is missing (expected ${wanted(schema)})` };
  const validate = validator(schema);
  if (validate(actual)) return null;
  const error = validate.errors?.findLast(({ keyword }) => keyword !== 'if');
  return error ? explain(part, error) : { path: part, problem: 'is wrong', actual };
}

function validator(schema: JsonObject | true): ValidateFunction {
  const before = schema === true ? undefined : fixed.get(schema);
  if (before) return before;
  const key = JSON.stringify(schema);
  const validate = compiled.get(key) ?? ajv.compile(schema);
  compiled.set(key, validate);
  if (schema !== true) fixed.set(schema, validate);
  return validate;
}

const fixedness = new WeakMap<JsonObject, boolean>();

/** Whether a schema means the same whatever was seen: it has no placeholders. */
function isFixed(schema: JsonObject): boolean {
  const before = fixedness.get(schema);
  if (before !== undefined) return before;
  const isSo = !JSON.stringify(schema).includes('${');
  fixedness.set(schema, isSo);
  return isSo;
}

/** Of ajv's errors the last one speaks of the whole: those before it say why single alternatives or items do not fit. */
function explain(part: string, error: ErrorObject): Mismatch {
  const inside = error.instancePath
    .split('/')
    .slice(1)
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  const path = [part, ...inside].join('.');
  const actual: Json = error.data as Json;
  switch (error.keyword) {
    case 'const':
      return { path, problem: `should be ${JSON.stringify(error.params.allowedValue)}`, actual };
    case 'enum':
      return { path, problem: `should be one of ${JSON.stringify(error.params.allowedValues)}`, actual };
    case 'false schema':
      return { path, problem: 'should not be there', actual };
    case 'not':
      return { path, problem: `should not be ${wanted(error.schema as Schema)}`, actual };
    case 'contains':
      return { path, problem: `should contain ${wanted(error.schema as Schema)}`, actual };
    case 'anyOf':
    case 'oneOf':
      return { path, problem: `should be ${(error.schema as Schema[]).map(asJson).join(' or ')}`, actual };
    default:
      return { path, problem: error.message ?? 'is wrong', actual };
  }
}

function wanted(schema: Schema): string {
  if (typeof schema === 'boolean') return 'something';
  if ('const' in schema) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return `one of ${JSON.stringify(schema.enum)}`;
  return asJson(schema);
}

function asJson(schema: Schema): string {
  return JSON.stringify(schema);
}
