import type { Json, JsonObject } from '../../spec/messages.ts';
import { instanceOf } from '../stimuli/instance.ts';
import { isObject } from '../wire/json-rpc.ts';

const MILLISECONDS = ['ms', 'millis', 'millisecond', 'milliseconds'];
/** Words in the names of arguments that say how long a tool is to take. */
const DURATIONS = new Set([
  ...MILLISECONDS,
  's',
  'sec',
  'secs',
  'second',
  'seconds',
  'duration',
  'delay',
  'wait',
  'sleep',
]);

/**
 * Arguments with which a tool takes about two seconds, if one of its arguments says by its name that it is a time;
 * null otherwise.
 */
export function slowArguments({ inputSchema }: JsonObject): JsonObject | null {
  if (!isObject(inputSchema) || !isObject(inputSchema.properties)) return null;
  const [name, schema] = Object.entries(inputSchema.properties).find(([key, value]) => isDuration(key, value)) ?? [];
  if (name === undefined || !isObject(schema)) return null;
  const said = typeof schema.description === 'string' ? schema.description : '';
  const wanted = wordsIn(`${name} ${said}`).some((word) => MILLISECONDS.includes(word)) ? 2_000 : 2;
  const most = typeof schema.maximum === 'number' ? schema.maximum : wanted;
  const made = instanceOf({
    ...inputSchema,
    properties: { ...inputSchema.properties, [name]: { ...schema, const: Math.min(wanted, most) } },
    required: [...new Set([...(Array.isArray(inputSchema.required) ? inputSchema.required : []), name])],
  });
  return isObject(made) ? made : null;
}

function isDuration(name: string, schema: Json): boolean {
  if (!isObject(schema) || !['number', 'integer'].includes(String(schema.type))) return false;
  return wordsIn(name).some((word) => DURATIONS.has(word));
}

/** The words of a text or a name, in small letters: `delayMs` and `delay_ms` have two. */
function wordsIn(text: string): string[] {
  return text.split(/[^A-Za-z]+|(?<=[a-z])(?=[A-Z])/).map((word) => word.toLowerCase());
}
