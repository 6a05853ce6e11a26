import type { Json } from '../../spec/messages.ts';
import { isObject } from '../wire/json-rpc.ts';
import { type Call, conversationOf, resultOf } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { condensed, judged, sameJson } from './outcomes.ts';
import { responseTo } from './progress.ts';
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
      const until = endOfSubscriptions(calls);
      return exchanges.flatMap((exchange) =>
        targetMessages(exchange).flatMap(({ message: { value, at }, path }) => {
          if (!isObject(value) || value.method !== 'notifications/resources/updated') return [];
          const none = at < since ? 'had subscribed to none' : at > until ? 'had unsubscribed from all' : null;
          const message = `the server told of the update of a resource, and the client ${none}`;
          return judged(RULE, exchange, none === null ? [] : [{ message, path, actual: value }], true);
        }),
      );
    });
    return condensed(outcomes);
  },
};

/** How long after an unsubscription an update is surely not on its way any more. */
const SURELY_LATE_MS = 250;

/** When the client had surely unsubscribed from all that it had subscribed to. */
function endOfSubscriptions(calls: readonly Call[]): number {
  const about = (method: string) => calls.filter((call) => call.method === method);
  const ends = about('resources/subscribe').map((begun) => {
    const ended = about('resources/unsubscribe').find(
      (call) =>
        sameJson(uriOf(call), uriOf(begun)) &&
        call.exchange.startedAt > (responseTo(begun)?.message.at ?? Number.POSITIVE_INFINITY) &&
        isObject(resultOf(call)),
    );
    return (ended && responseTo(ended)?.message.at) ?? Number.POSITIVE_INFINITY;
  });
  return Math.max(...ends, 0) + SURELY_LATE_MS;
}

function uriOf({ params }: Call): Json | undefined {
  return isObject(params) ? params.uri : undefined;
}
