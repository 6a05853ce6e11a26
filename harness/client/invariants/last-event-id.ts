import type { Invariant } from '../../invariants/invariant.ts';
import { judged, show } from '../../invariants/outcomes.ts';
import { headerValue } from '../../wire/headers.ts';
import { clientTraffic } from './client-traffic.ts';

/** What a client resumes a stream from (transports, resumability and redelivery). */
export const lastEventId: Invariant = {
  id: 'invariant.client.last-event-id',
  title: 'every Last-Event-ID is the id of an event that was sent',
  occasion: 'a Last-Event-ID that the client sends',
  requires: ['sse.resume.client-get'],
  judge: (view) => {
    const { exchanges } = clientTraffic(view);
    return exchanges.flatMap((exchange) => {
      const id = headerValue(exchange.requestHeaders, 'last-event-id');
      if (exchange.method !== 'GET' || id === null) return [];
      const sent = exchanges.some(({ payload }) =>
        payload.events.some((event) => event.id === id && event.at <= exchange.startedAt),
      );
      const message = `Last-Event-ID is ${show(id)}, and no event had that id`;
      return judged(
        'sse.resume.client-get',
        exchange,
        sent ? [] : [{ message, path: 'headers.last-event-id', actual: id }],
        true,
      );
    });
  },
};
