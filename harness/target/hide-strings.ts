import type { Json } from '../../spec/messages.ts';
import { isObject } from '../wire/json-rpc.ts';

/** Deeper than any honest value; a hostile one must not exhaust the stack. */
const MOST_LEVELS = 200;

/** A value with `hide` applied to each of its strings and member names; what is nested too deeply is left out. */
export function hideStrings(value: Json, hide: (text: string) => string, level = 0): Json {
  if (typeof value === 'string') return hide(value);
  if (value === null || typeof value !== 'object') return value;
  if (level === MOST_LEVELS) return '... (nested too deeply)';
  if (Array.isArray(value)) return value.map((item) => hideStrings(item, hide, level + 1));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [hide(name), hideStrings(item, hide, level + 1)]),
  );
}
