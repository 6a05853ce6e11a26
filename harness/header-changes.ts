import type { HeaderChanges, Sending } from './client-session.ts';
import type { Target } from './target.ts';
import type { HeaderPairs } from './wire/headers.ts';

/** The headers that a client sends by itself, with the changes of one step. */
export function changedHeaders(base: HeaderPairs, changes: HeaderChanges): HeaderPairs {
  const changed = new Set(Object.keys(changes).map((name) => name.toLowerCase()));
  const kept = base.filter(([name]) => !changed.has(name.toLowerCase()));
  return [...kept, ...headerChanges(changes)];
}

/** The headers that a step adds; null adds none. */
export function headerChanges(changes: HeaderChanges): HeaderPairs {
  return Object.entries(changes).flatMap(([name, value]) =>
    (value === null ? [] : typeof value === 'string' ? [value] : value).map((one) => [name, one] as const),
  );
}

/** The user's headers go to the target alone, and not where a step has others of these names in their place. */
export function credentialsFor({ url, headers = {} }: Sending, { credentials }: Target): HeaderPairs {
  if (url !== undefined) return [];
  const changed = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  return credentials.filter(([name]) => !changed.has(name.toLowerCase()));
}
