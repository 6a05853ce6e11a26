import { conversationOf } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { ownKeys } from './meta-keys.ts';
import { speaksRevision } from './negotiated.ts';
import { judged, show } from './outcomes.ts';

/** Labels at the end of domain names: where one begins a prefix, the prefix is in reverse order. */
const TOP = new Set(['com', 'org', 'net', 'io', 'dev', 'ai', 'app', 'edu', 'gov']);

/** Prefixes of `_meta` keys are domain names in reverse order (2025-11-25, basic, `_meta`). */
export const metaPrefixes: Invariant = {
  id: 'invariant.meta.prefixes',
  title: 'prefixes of keys in _meta are domain names in reverse order',
  occasion: 'a _meta key with a prefix in messages of the server',
  requires: ['meta.reverse-dns'],
  judge: (view) => {
    const conversation = conversationOf(view);
    return conversation.exchanges.flatMap((exchange) => {
      if (!speaksRevision(view, exchange)) return [];
      const keys = ownKeys(exchange, conversation.sessionOf(exchange)).map((one) => ({
        ...one,
        order: order(one.key),
      }));
      const breaches = keys
        .filter((one) => one.order === 'forward')
        .map(({ key, path }) => ({
          message: `the prefix of the _meta key ${show(key)} is a domain name in forward order`,
          path,
          actual: key,
        }));
      const some = keys.some((one) => one.order === 'reverse');
      return judged('meta.reverse-dns', exchange, breaches, some);
    });
  },
};

/** The order of the labels in a key's prefix, where a well-known top-level domain gives it away. */
function order(key: string): 'reverse' | 'forward' | 'unknown' {
  const labels = key
    .slice(0, Math.max(0, key.indexOf('/')))
    .toLowerCase()
    .split('.');
  if (labels.length < 2) return 'unknown';
  if (TOP.has(labels[0] ?? '')) return 'reverse';
  return TOP.has(labels.at(-1) ?? '') ? 'forward' : 'unknown';
}
