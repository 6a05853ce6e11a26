import { isObject } from '../wire/json-rpc.ts';
import { conversationOf } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { condensed, judged } from './outcomes.ts';
import { targetMessages } from './target-messages.ts';

const RULE = 'resources.updated-subscribed';

/** Without sessions over HTTP nobody can say whose subscription an update is for. */
export const resourceUpdates: Invariant = {
  id: 'invariant.resources.updates',
  title: 'only a client that has subscribed to something is told of updates',
  occasion: 'notifications that a resource was updated',
  requires: [RULE],
  judge: (view) => {
    if (view.facts.era !== 'stateful') return [];
    const overHttp = view.trace.header.transport === 'streamable-http';
    const sessions = conversationOf(view).sessions.filter(({ id }) => id !== null || !overHttp);
    const outcomes = sessions.flatMap(({ exchanges, calls }) => {
      const subscribed = calls
        .filter(({ method }) => method === 'resources/subscribe')
        .map(({ exchange }) => exchange.startedAt);
      const since = Math.min(...subscribed);
      return exchanges.flatMap((exchange) =>
        targetMessages(exchange).flatMap(({ message: { value, at }, path }) => {
          if (!isObject(value) || value.method !== 'notifications/resources/updated') return [];
          const message = 'the server told of the update of a resource, and the client had subscribed to none';
          return judged(RULE, exchange, at < since ? [{ message, path, actual: value }] : [], true);
        }),
      );
    });
    return condensed(outcomes);
  },
};
