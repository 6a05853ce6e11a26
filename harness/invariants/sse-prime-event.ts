import { callsIn, conversationOf } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { speaksRevision } from './negotiated.ts';
import { judged } from './outcomes.ts';
import { isPlain, isStream } from './target-messages.ts';

/** The first event of a POST stream gives the client an id to reconnect with (2025-11-25, transports). */
export const ssePrimeEvent: Invariant = {
  id: 'invariant.sse.prime-event',
  title: 'the stream of a POST begins with an event that has an id and empty data',
  occasion: 'an answer that is an event stream',
  requires: ['sse.prime-event'],
  transports: ['streamable-http'],
  judge: (view) =>
    !view.facts.primeEvent
      ? []
      : conversationOf(view)
          .exchanges.filter((exchange) => isStream(exchange) && isPlain(exchange) && callsIn(exchange).length > 0)
          .filter((exchange) => speaksRevision(view, exchange))
          .flatMap((exchange) => {
            const index = exchange.payload.events.findIndex(({ data, id }) => data !== null || id !== null);
            const first = exchange.payload.events[index];
            // an id without data primes the client as well, though not by the letter
            if (!first || (first.id && first.data === null)) return [];
            const primed = first.id && first.data === '';
            const message = `the first event of the stream has ${first.id ? 'an id but also data' : 'no id'}`;
            const breach = { message, path: `events.${index}`, actual: { id: first.id, data: first.data } };
            return judged('sse.prime-event', exchange, primed ? [] : [breach], true);
          }),
};
