import { isResponse } from '../judge/observation.ts';
import type { Exchange } from '../trace/exchange.ts';
import { conversationOf, type Session } from './conversation.ts';
import { copiesOf } from './copies.ts';
import type { Invariant } from './invariant.ts';
import { judged } from './outcomes.ts';
import { isResuming, isStream, targetMessages } from './target-messages.ts';

/** A response belongs on the stream of its POST. One that came there too was sent twice, which is another rule's. */
export const sseGetStreams: Invariant = {
  id: 'invariant.sse.get-streams',
  title: 'no response comes on a GET stream that resumes nothing',
  occasion: 'messages on the stream of a GET',
  requires: ['sse.get.no-response'],
  transports: ['streamable-http'],
  judge: (view) =>
    conversationOf(view).sessions.flatMap((session) =>
      session.exchanges
        .filter((exchange) => exchange.method === 'GET' && isStream(exchange) && !isResuming(exchange))
        .flatMap((exchange) => {
          const messages = targetMessages(exchange);
          const breaches = messages
            .filter((said) => isResponse(said.message) && !copiesOf(view, said).length)
            .map(({ message, path }) => ({ message: 'a response came on a GET stream', path, actual: message.value }));
          return judged(
            'sse.get.no-response',
            exchange,
            breaches,
            messages.length > 0 || couldHaveErred(exchange, session),
          );
        }),
    ),
};

/** Whether a request was answered elsewhere while the stream was open. */
function couldHaveErred(stream: Exchange, { calls }: Session): boolean {
  const opened = stream.response?.at ?? Number.POSITIVE_INFINITY;
  const closed = stream.end?.at ?? Number.POSITIVE_INFINITY;
  return calls.some(({ exchange }) =>
    targetMessages(exchange).some(({ message }) => isResponse(message) && message.at > opened && message.at < closed),
  );
}
