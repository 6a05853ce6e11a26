import type { Json } from '../../spec/messages.ts';
import { isObject } from '../wire/json-rpc.ts';

const MOST_CHARACTERS = 500;
const MOST_MEMBERS = 20;
const MOST_LEVELS = 6;

/** A value as evidence shows it: its type stays, long strings, long lists and deep nesting are cut and say so. */
export function shorten(value: Json, level = 0): Json {
  if (typeof value === 'string') {
    return value.length > MOST_CHARACTERS
      ? `${value.slice(0, MOST_CHARACTERS)}... (${value.length} characters)`
      : value;
  }
  if (Array.isArray(value)) {
    if (level === MOST_LEVELS) return [`... (${value.length} items)`];
    const kept = value.slice(0, MOST_MEMBERS).map((item) => shorten(item, level + 1));
    return value.length > MOST_MEMBERS ? [...kept, `... (${value.length} items)`] : kept;
  }
  if (!isObject(value)) return value;
  const members = Object.entries(value);
  if (level === MOST_LEVELS) return { '...': `${members.length} members` };
  const kept = members
    .slice(0, MOST_MEMBERS)
    .map(([name, member]): [string, Json] => [String(shorten(name)), shorten(member, level + 1)]);
  if (members.length > MOST_MEMBERS) kept.push(['...', `${members.length} members`]);
  return Object.fromEntries(kept);
}
