import type { Json, JsonObject } from '../../spec/messages.ts';
import { isObject } from '../wire/json-rpc.ts';
import { compileForeign, instanceOf } from './instance.ts';

/** Which tools of a target may be called with valid arguments. */
export type CallPolicy = 'none' | 'read-only' | 'all' | readonly string[];

/** What was found to try a target with, by the name that cases ask for. */
export type Stimuli = { readonly [name: string]: Json };

/**
 * Finds what a target itself offers to try it with: `tool`, a tool that may be called with arguments that fit its schema,
 * and `refusable-tool`, the same with arguments that break the schema in one place. What the user's configuration names
 * comes first. Prompts change nothing and may always be tried: `prompt` needs no arguments, `prompt-with-argument` does.
 */
export function findStimuli(shown: Shown, policy: CallPolicy, configured: Stimuli): Stimuli {
  const callable = objectsIn(shown.tools).filter((tool) => mayCall(tool, policy));
  const tool = firstOf(callable, validCall);
  const refusable = firstOf(callable, brokenCall);
  const prompts = objectsIn(shown.prompts);
  const prompt = firstOf(prompts, (one) => (requiredArguments(one).length ? null : one));
  const demanding = firstOf(prompts, (one) => (requiredArguments(one).length ? one : null));
  return {
    ...(tool ? { tool } : {}),
    ...(refusable ? { 'refusable-tool': refusable } : {}),
    ...(prompt ? { prompt } : {}),
    ...(demanding ? { 'prompt-with-argument': demanding } : {}),
    ...configured,
  };
}

/** What the survey saw in a target's lists. */
export interface Shown {
  readonly tools?: Json;
  readonly prompts?: Json;
}

function objectsIn(list: Json | undefined): JsonObject[] {
  return Array.isArray(list) ? list.filter(isObject) : [];
}

function requiredArguments(prompt: JsonObject): JsonObject[] {
  return objectsIn(prompt.arguments).filter((argument) => argument.required === true);
}

function firstOf(tools: readonly JsonObject[], call: (tool: JsonObject) => JsonObject | null): JsonObject | null {
  for (const tool of tools) {
    const found = call(tool);
    if (found) return found;
  }
  return null;
}

function mayCall(tool: JsonObject, policy: CallPolicy): boolean {
  if (policy === 'none') return false;
  if (policy === 'all') return true;
  if (policy === 'read-only') return isObject(tool.annotations) && tool.annotations.readOnlyHint === true;
  return policy.includes(String(tool.name));
}

function validCall(tool: JsonObject): JsonObject | null {
  const { name = null, inputSchema } = tool;
  const made = isObject(inputSchema) ? instanceOf(inputSchema) : undefined;
  return typeof name === 'string' && isObject(made) ? { name, otherCase: otherCase(name), arguments: made } : null;
}

/** A name with every letter in the other case. */
function otherCase(name: string): string {
  return [...name]
    .map((letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()))
    .join('');
}

/** A call whose arguments are valid but for one member, which has a type that the schema rules out. */
function brokenCall(tool: JsonObject): JsonObject | null {
  const valid = validCall(tool);
  const { inputSchema } = tool;
  if (!valid || !isObject(inputSchema) || !isObject(inputSchema.properties) || !isObject(valid.arguments)) return null;
  const validate = compileForeign(inputSchema);
  for (const property of Object.keys(inputSchema.properties)) {
    for (const wrong of [{ assay: 'wrong' }, ['assay'], 'assay']) {
      const broken = { ...valid.arguments, [property]: wrong };
      if (validate && !validate(broken)) return { name: valid.name ?? null, arguments: broken, wrong: property };
    }
  }
  return null;
}
