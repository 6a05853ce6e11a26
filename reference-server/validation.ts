import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Json, JsonObject } from '../spec/messages.ts';
import { ErrorCode, ProtocolError, quoted } from './envelope/error.ts';

/** Tells what is wrong with a value, one clear sentence a fault; nothing if it is right. */
export type Validator = (value: Json) => string[];

const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false });
formats.default(ajv);
// These say nothing about values: notes for people and for HTTP, and a name that ajv looks up but does not list.
ajv.addVocabulary(['enumNames', 'x-mcp-header', '$anchor']);

const MOST_PROBLEMS = 20;

/**
 * Makes a validator of a JSON Schema of dialect 2020-12, the dialect of MCP's schemas (2025-11-25, basic, "Schema
 * Dialect").
 *
 * @param whole how sentences name the value as a whole, for example "params"
 */
export function validatorOf(schema: JsonObject, whole: string): Validator {
  const validate = compiled(schema);
  return (value) => (validate(value) ? [] : problems(validate.errors ?? [], whole));
}

const known = new Map<string, ValidateFunction>();

/** Servers that are started one after the other have the same tools, and compiling their schemas takes the longest. */
function compiled(schema: JsonObject): ValidateFunction {
  const text = JSON.stringify(schema);
  const validate = known.get(text) ?? ajv.compile(schema);
  known.set(text, validate);
  return validate;
}

/** Throws the error -32602 that names every fault of a request's params. */
export function requireValid(validate: Validator, params: JsonObject): void {
  const found = validate(params);
  if (found.length > 0) throw new ProtocolError(ErrorCode.invalidParams, found.join(' '));
}

function problems(errors: readonly ErrorObject[], whole: string): string[] {
  const found = errors.slice(0, MOST_PROBLEMS).map((error) => sentence(error, whole));
  if (errors.length > MOST_PROBLEMS) found.push(`And ${errors.length - MOST_PROBLEMS} more.`);
  return found;
}

function sentence({ keyword, params, message, instancePath }: ErrorObject, whole: string): string {
  const where = nameOf(instancePath, whole);
  switch (keyword) {
    case 'required':
      return `${nameOf(`${instancePath}/${params.missingProperty}`, whole)} is missing.`;
    case 'additionalProperties':
      return `${where} has the unknown member ${quoted(String(params.additionalProperty))}.`;
    case 'enum':
      return `${where} must be one of ${params.allowedValues.map((value: Json) => JSON.stringify(value)).join(', ')}.`;
    default:
      return `${where} ${message ?? 'is not valid'}.`;
  }
}

/** `/address/city` as "address.city", and the empty path as the name of the whole value. */
function nameOf(instancePath: string, whole: string): string {
  if (instancePath === '') return quoted(whole);
  const steps = instancePath.slice(1).split('/');
  return quoted(steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')).join('.'));
}
