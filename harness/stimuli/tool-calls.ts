import type { JsonObject } from '../../spec/messages.ts';
import { isObject } from '../wire/json-rpc.ts';
import type { CallPolicy } from './find-stimuli.ts';
import { compileForeign, instanceOf } from './instance.ts';
import { isHarmlessFixture } from './official-fixtures.ts';

/** The tools that may be called by a policy. */
export function callableTools(tools: readonly JsonObject[], policy: CallPolicy): JsonObject[] {
  return tools.filter((tool) => mayCall(tool, policy));
}

/** Of the tools that may be called so many, and all that are fixtures of the official suite. */
export function toolsToTry(tools: readonly JsonObject[], policy: CallPolicy, most: number): JsonObject[] {
  const callable = callableTools(tools, policy);
  const ordinary = callable.filter((tool) => !isFixture(tool)).slice(0, most);
  return callable.filter((tool) => isFixture(tool) || ordinary.includes(tool));
}

function isFixture({ name }: JsonObject): boolean {
  return isHarmlessFixture(String(name));
}

/** Whether a tool may be called with valid arguments. */
export function mayCall(tool: JsonObject, policy: CallPolicy): boolean {
  if (policy === 'none') return false;
  if (policy === 'all') return true;
  if (policy === 'read-only') {
    return (isObject(tool.annotations) && tool.annotations.readOnlyHint === true) || isFixture(tool);
  }
  return policy.includes(String(tool.name));
}

/** A call with arguments that fit the schema of the tool; null when none are found. */
export function validCall(tool: JsonObject): JsonObject | null {
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
export function brokenCall(tool: JsonObject): JsonObject | null {
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

/** A call without any arguments, of a tool whose schema demands none; null when it demands some. */
export function undemandingCall(tool: JsonObject): JsonObject | null {
  const valid = validCall(tool);
  const { inputSchema } = tool;
  if (!valid || !isObject(inputSchema)) return null;
  return compileForeign(inputSchema)?.({}) === true ? { name: valid.name ?? null, arguments: {} } : null;
}

/** A call without one of the arguments that the tool requires; null when it requires none. */
export function incompleteCall(tool: JsonObject): JsonObject | null {
  const valid = validCall(tool);
  const { inputSchema } = tool;
  if (!valid || !isObject(inputSchema) || !isObject(valid.arguments)) return null;
  const [left] = Array.isArray(inputSchema.required) ? inputSchema.required : [];
  if (typeof left !== 'string') return null;
  const { [left]: _, ...rest } = valid.arguments;
  return compileForeign(inputSchema)?.(rest) === false
    ? { name: valid.name ?? null, arguments: rest, missing: left }
    : null;
}

/** A call with one argument of the right type that lies beyond the limits of its schema, or is none of its choices. */
export function outOfRangeCall(tool: JsonObject): JsonObject | null {
  const valid = validCall(tool);
  const { inputSchema } = tool;
  if (!valid || !isObject(inputSchema) || !isObject(inputSchema.properties) || !isObject(valid.arguments)) return null;
  const validate = compileForeign(inputSchema);
  for (const [property, schema] of Object.entries(inputSchema.properties)) {
    for (const beyond of isObject(schema) ? beyondLimits(schema) : []) {
      const broken = { ...valid.arguments, [property]: beyond };
      if (validate && !validate(broken)) return { name: valid.name ?? null, arguments: broken, beyond: property };
    }
  }
  return null;
}

function beyondLimits({ minimum, maximum, enum: choices, type }: JsonObject): (number | string)[] {
  return [
    ...(typeof maximum === 'number' ? [Math.floor(maximum) + 1] : []),
    ...(typeof minimum === 'number' ? [Math.ceil(minimum) - 1] : []),
    ...(Array.isArray(choices) && type === 'string' ? ['assay-none-of-these'] : []),
  ];
}
