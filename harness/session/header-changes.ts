import { type Target, type Tokens, tokenMark } from '../target/target.ts';
import type { HeaderPairs } from '../wire/headers.ts';
import type { HeaderChanges, Sending } from './client.ts';

/** The headers that a client sends by itself, with the changes of one step. */
export function changedHeaders(base: HeaderPairs, changes: HeaderChanges): HeaderPairs {
  const changed = new Set(Object.keys(changes).map((name) => name.toLowerCase()));
  const kept = base.filter(([name]) => !changed.has(name.toLowerCase()));
  return [...kept, ...headerChanges(changes)];
}

/** The headers that a step adds; null adds none, and what names a token goes among the credentials. */
export function headerChanges(changes: HeaderChanges): HeaderPairs {
  return allChanges(changes).filter(([, value]) => !MARK.test(value));
}

/** A mark that stands for one of the user's tokens. */
const MARK = /\{token:(\w+)\}/;

function allChanges(changes: HeaderChanges): HeaderPairs {
  return Object.entries(changes).flatMap(([name, value]) =>
    (value === null ? [] : typeof value === 'string' ? [value] : value).map((one) => [name, one] as const),
  );
}

/**
 * The user's headers go to the target alone, and not where a step has others of these names in their place; such a one may
 * name one of the user's tokens.
 */
export function credentialsFor({ url, headers = {} }: Sending, { credentials, tokens = {} }: Target): HeaderPairs {
  if (url !== undefined) return [];
  const changed = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  const named = allChanges(headers)
    .filter(([, value]) => MARK.test(value))
    .map(([name, value]) => [name, withTokens(value, tokens)] as const);
  return [...credentials.filter(([name]) => !changed.has(name.toLowerCase())), ...named];
}

function withTokens(value: string, tokens: Tokens): string {
  return Object.entries(tokens).reduce((text, [kind, token]) => text.replaceAll(tokenMark(kind), token), value);
}
