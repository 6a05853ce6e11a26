import type { Json } from '../../spec/messages.ts';
import { isObject } from '../wire/json-rpc.ts';
import { hideAndCut } from './hide-and-cut.ts';

const MOST_CHARACTERS = 500;
const MOST_MEMBERS = 20;
const MOST_LEVELS = 6;

/**
 * A value as evidence shows it: its type stays, secrets are hidden, long strings, long lists and deep nesting are cut and
 * say so.
 */
export function shorten(value: Json, hide: (text: string) => string, level = 0): Json {
  if (typeof value === 'string') return hideAndCut(value, MOST_CHARACTERS, hide);
  if (Array.isArray(value)) {
    if (level === MOST_LEVELS) return [`... (${value.length} items)`];
    const kept = value.slice(0, MOST_MEMBERS).map((item) => shorten(item, hide, level + 1));
    return value.length > MOST_MEMBERS ? [...kept, `... (${value.length} items)`] : kept;
  }
  if (!isObject(value)) return value;
  const members = Object.entries(value);
  if (level === MOST_LEVELS) return { '...': `${members.length} members` };
  const kept = members
    .slice(0, MOST_MEMBERS)
    .map(([name, member]): [string, Json] => [
      hideAndCut(name, MOST_CHARACTERS, hide),
      shorten(member, hide, level + 1),
    ]);
  if (members.length > MOST_MEMBERS) kept.push(['...', `${members.length} members`]);
  return Object.fromEntries(kept);
}
