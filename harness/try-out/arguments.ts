import type { Json, JsonObject } from '../../spec/messages.ts';
import { compileForeign, instanceOf } from '../stimuli/instance.ts';
import { isObject } from '../wire/json-rpc.ts';
import type { GivenValues } from './values.ts';

/**
 * Arguments that fit a tool's schema, the likeliest to succeed first: with values that the target gave or its descriptions
 * name, with every property, and as few as will do.
 */
export function argumentsFor(schema: Json | undefined, given: GivenValues): JsonObject[] {
  if (!isObject(schema)) return [];
  const least = instanceOf(schema);
  if (!isObject(least)) return [];
  const validate = compileForeign(schema);
  const properties = isObject(schema.properties) ? schema.properties : {};
  const known = Object.fromEntries(
    Object.keys(least).map((name) => [name, likely(name, properties[name], given) ?? least[name] ?? null]),
  );
  const all = Object.fromEntries(
    Object.keys(properties).flatMap((name) => {
      const value = known[name] ?? likely(name, properties[name], given) ?? whole(properties[name], schema);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
  const candidates = [known, all, least].filter((one) => validate?.(one));
  return candidates.filter((one, at) => candidates.findIndex((other) => sameText(one, other)) === at);
}

/** A text that a description offers as an example: `such as A-1001`, `e.g. "draft"`. */
export function exampleIn(description: Json | undefined): string | undefined {
  if (typeof description !== 'string') return undefined;
  const [, quoted, bare] =
    /(?:\be\.g\.,?|\bsuch as|\bfor example,?|\bfor instance,?|\bexample:)\s+(?:["'`]([^"'`]{1,80})["'`]|([\w./:@#-]*\w))/i.exec(
      description,
    ) ?? [];
  return quoted ?? bare;
}

function likely(name: string, schema: Json | undefined, given: GivenValues): Json | undefined {
  const { description, enum: choices, const: only, examples } = isObject(schema) ? schema : {};
  if (choices !== undefined || only !== undefined || examples !== undefined) return undefined;
  const named = exampleIn(description);
  const candidates = [...(named === undefined ? [] : [named]), ...given.get(name)];
  const validate = isObject(schema) ? compileForeign(schema) : null;
  return candidates.find((value) => (validate ? validate(value) : typeof value === 'string'));
}

function whole(schema: Json | undefined, root: JsonObject): Json | undefined {
  if (!isObject(schema)) return undefined;
  const { $defs, definitions } = root;
  return instanceOf({ ...schema, ...($defs ? { $defs } : {}), ...(definitions ? { definitions } : {}) });
}

function sameText(one: Json, other: Json): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
