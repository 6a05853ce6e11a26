import { Ajv, type ValidateFunction } from 'ajv';
import type { Json, JsonObject } from '../../spec/messages.ts';
import { keptBySchema } from '../judge/foreign-schemas.ts';
import { isObject } from '../wire/json-rpc.ts';
import { compileForeign } from './instance.ts';
import { brokenCall, validCall } from './tool-calls.ts';

/**
 * A call with arguments that only JSON Schema 2020-12 refuses, of a tool whose schema names no dialect: an older one, which
 * does not know the key word, would let them pass. With them come arguments that fit, and some that every dialect refuses.
 */
export function modernCall(tool: JsonObject): JsonObject | null {
  const { inputSchema } = tool;
  const valid = validCall(tool);
  const plain = brokenCall(tool);
  if (!valid || !plain || !isObject(inputSchema) || inputSchema.$schema !== undefined) return null;
  const modern = compileForeign(inputSchema);
  const older = compileOlder(inputSchema);
  if (!modern || !older || !isObject(valid.arguments) || !older(valid.arguments)) return null;
  const found = candidates(inputSchema, valid.arguments).find((args) => !modern(args) && older(args));
  return found
    ? { name: valid.name ?? null, arguments: found, valid: valid.arguments, plain: plain.arguments ?? {} }
    : null;
}

const compileOlder = keptBySchema((schema): ValidateFunction | null => {
  try {
    return new Ajv({ strict: false, logger: false, validateSchema: false, validateFormats: false }).compile(schema);
  } catch {
    return null;
  }
});

/** Arguments that break one key word that came with 2019-09 or 2020-12. */
function candidates({ properties, dependentRequired }: JsonObject, valid: JsonObject): JsonObject[] {
  const known = Object.entries(isObject(properties) ? properties : {});
  const tuples = known.flatMap(([name, schema]) =>
    isObject(schema) && Array.isArray(schema.prefixItems)
      ? [{ ...valid, [name]: schema.prefixItems.map((): Json => ({ assay: 'wrong' })) }]
      : [],
  );
  const alone = Object.entries(isObject(dependentRequired) ? dependentRequired : {}).flatMap(([name, needed]) => {
    const { [name]: given = 'assay', ...rest } = valid;
    const left = Array.isArray(needed) ? needed.filter((one) => typeof one === 'string') : [];
    const kept = Object.entries(rest).filter(([other]) => !left.includes(other));
    return [{ ...Object.fromEntries(kept), [name]: given }];
  });
  return [...tuples, ...alone, { ...valid, assayUnknown: 'assay' }];
}
