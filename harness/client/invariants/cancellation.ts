import type { Json } from '../../../spec/messages.ts';
import type { Invariant } from '../../invariants/invariant.ts';
import { type Breach, judged, sameJson, show } from '../../invariants/outcomes.ts';
import type { Exchange } from '../../trace/exchange.ts';
import { isObject } from '../../wire/json-rpc.ts';
import { type ClientTraffic, clientTraffic } from './client-traffic.ts';

const REQUIRES = ['cancel.not-initialize', 'cancel.references-own-inflight', 'cancel.request-id'] as const;
const [INITIALIZE, INFLIGHT, ID] = REQUIRES;

/** How much later than the response a cancellation has to arrive before the two did not just cross. */
const SURELY_LATE_MS = 2_000;

/** What a client may cancel (cancellation, behavior requirements). */
export const cancellation: Invariant = {
  id: 'invariant.client.cancellation',
  title: 'only requests of its own that are in progress are cancelled, and never initialize',
  occasion: 'a request that the client cancels',
  requires: REQUIRES,
  judge: (view) => {
    const traffic = clientTraffic(view);
    return traffic.messages.flatMap(({ exchange, message: { value }, path }) => {
      if (!isObject(value) || value.method !== 'notifications/cancelled') return [];
      const id = isObject(value.params) ? value.params.requestId : undefined;
      const place = `${path}.params.requestId`;
      if (id === undefined)
        return judged(ID, exchange, [{ message: 'a cancellation names no request', path: place }], true);
      const named = requestsBefore(exchange, id, traffic);
      const opens = named.some(({ method }) => method === 'initialize');
      const problem = opens ? null : whyNotInProgress(named, exchange, id);
      const of = (message: string): Breach => ({ message, path: place, actual: id });
      return [
        ...judged(ID, exchange, [], true),
        ...judged(INITIALIZE, exchange, opens ? [of('the initialize request was cancelled')] : [], true),
        ...judged(INFLIGHT, exchange, problem === null ? [] : [of(problem)], !opens),
      ];
    });
  },
};

interface Named {
  readonly method: string;
  readonly exchange: Exchange;
}

function requestsBefore({ startedAt }: Exchange, id: Json, { messages }: ClientTraffic): Named[] {
  return messages.flatMap(({ exchange, message: { envelope } }) =>
    envelope.kind === 'request' && exchange.startedAt <= startedAt && sameJson(envelope.id, id)
      ? [{ method: envelope.method, exchange }]
      : [],
  );
}

function whyNotInProgress(named: readonly Named[], { startedAt }: Exchange, id: Json): string | null {
  if (!named.length) return `a cancellation names ${show(id)}, and no request had that id`;
  const over = named.every(({ exchange: { end } }) => end?.how === 'complete' && end.at + SURELY_LATE_MS < startedAt);
  return over ? `a cancellation names ${show(id)}, which had long been answered` : null;
}
