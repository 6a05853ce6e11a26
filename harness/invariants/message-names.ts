import { REVISIONS } from '../../spec/revisions.ts';
import { messageDefinitions } from '../../spec/schema/index.ts';
import { isObject } from '../wire/json-rpc.ts';
import { conversationOf } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { speaksRevision } from './negotiated.ts';
import { judged, show } from './outcomes.ts';
import { targetMessages } from './target-messages.ts';

const RULE = 'jsonrpc.schema';

/**
 * Notifications under names that are almost those of MCP: a client that goes by the names never hears them. What bears no
 * likeness to any of them may be an extension's.
 */
export const messageNames: Invariant = {
  id: 'invariant.messages.names',
  title: 'notifications have the names that the specification gives them',
  occasion: 'a notification of the server whose name is close to one of the specification',
  requires: [RULE],
  judge: (view) =>
    conversationOf(view).exchanges.flatMap((exchange) => {
      if (!speaksRevision(view, exchange)) return [];
      const sent = targetMessages(exchange).flatMap(({ message: { value }, path }) =>
        isObject(value) && value.id === undefined && typeof value.method === 'string'
          ? [{ method: value.method, path }]
          : [],
      );
      const breaches = sent.flatMap(({ method, path }) => {
        const meant = meantBy(method);
        if (meant === null) return [];
        const message = `no revision has a notification ${show(method)}; it looks like ${show(meant)}`;
        return [{ message, path: `${path}.method`, actual: method, atMost: 'warn' as const }];
      });
      return judged(RULE, exchange, breaches, false);
    }),
};

const NAMES: ReadonlyMap<string, string> = new Map(
  REVISIONS.flatMap((revision) => [...messageDefinitions(revision)])
    .filter(([method, { kind }]) => kind === 'notification' && method.startsWith('notifications/'))
    .map(([method]) => [skeleton(method), method]),
);
const KNOWN: ReadonlySet<string> = new Set(NAMES.values());

/** The notification that a name which no revision has is surely meant to be, or null. */
function meantBy(method: string): string | null {
  if (KNOWN.has(method)) return null;
  return NAMES.get(skeleton(method)) ?? null;
}

/** What is left of a name when spelling, number and the words that all of them have are taken away. */
function skeleton(method: string): string {
  return method
    .toLowerCase()
    .split(/[^a-z]+|(?<=list)(?=changed)/)
    .filter((word) => !['notifications', 'notification', 'logging', 'log'].includes(word))
    .map((word) => word.replace(/^(tool|prompt|resource|root|task)s$/, '$1').replace('canceled', 'cancelled'))
    .filter((word) => word !== '')
    .join(' ');
}
