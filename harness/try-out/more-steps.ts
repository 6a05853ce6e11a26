import type { Json, JsonObject } from '../../spec/messages.ts';
import { compileForeign } from '../stimuli/instance.ts';
import { isObject } from '../wire/json-rpc.ts';

/** With such a number a tool that goes step by step takes several, and still ends soon. */
const SOME = 5;
/** More steps than this are asked of no tool. */
const MOST = 50;
/** So long should the tool take, to be met on its way. */
const WANTED_MS = 1_200;

/**
 * Arguments with which a tool that goes by steps may take more of them than with those given, and about a second: each
 * number that its schema lets grow is five, or so many times larger as it was too quick, or the most that is allowed. Null
 * when none can grow.
 *
 * @param ms how long the tool took with the arguments given
 */
export function moreSteps({ inputSchema }: JsonObject, before: JsonObject, ms: number): JsonObject | null {
  if (!isObject(inputSchema) || !isObject(inputSchema.properties)) return null;
  const times = WANTED_MS / Math.max(1, ms);
  const grown = Object.entries(inputSchema.properties).flatMap(([name, schema]) => {
    const least = before[name];
    const steps = Math.min(MOST, Math.max(SOME, Math.ceil((typeof least === 'number' ? least : 1) * times)));
    const value = grownUp(schema, steps);
    return value === null || (typeof least === 'number' && least >= value) ? [] : [[name, value] as const];
  });
  const fits = compileForeign(inputSchema);
  const together = { ...before, ...Object.fromEntries(grown) };
  const alone = grown.map(([name, value]) => ({ ...before, [name]: value }));
  return grown.length ? ([together, ...alone].find((one) => fits?.(one)) ?? null) : null;
}

function grownUp(schema: Json, steps: number): number | null {
  if (!isObject(schema) || (schema.type !== 'integer' && schema.type !== 'number')) return null;
  if (schema.enum !== undefined || schema.const !== undefined) return null;
  return typeof schema.maximum === 'number' ? Math.min(steps, Math.floor(schema.maximum)) : steps;
}
