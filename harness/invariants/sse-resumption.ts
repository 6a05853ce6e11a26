import { isResponse } from '../judge/observation.ts';
import type { Outcome } from '../judge/outcome.ts';
import type { Exchange } from '../trace/exchange.ts';
import { headerValue } from '../wire/headers.ts';
import { isObject } from '../wire/json-rpc.ts';
import { callsIn, conversationOf, isCalledOff, type Session } from './conversation.ts';
import type { Invariant, TraceView } from './invariant.ts';
import { type Breach, judged, sameJson, show } from './outcomes.ts';
import { isResuming, isStream, targetMessages } from './target-messages.ts';

const REQUIRES = [
  'sse.resume.replay',
  'sse.resume.no-cross-stream',
  'sse.resume.server-may',
  'sse.poll.server-close',
  'sse.poll.retry-field',
] as const;
const [REPLAY, CROSS, RESUMABLE, CLOSE, RETRY] = REQUIRES;

/** Streams that break off, and what comes when the client asks for the rest (transports, resumability). */
export const sseResumption: Invariant = {
  id: 'invariant.sse.resumption',
  title: 'a server says when to come back to a stream that it leaves, and resumes no other stream in its place',
  occasion: 'a stream that can be resumed',
  requires: REQUIRES,
  transports: ['streamable-http'],
  judge: (view) =>
    view.facts.era !== 'stateful' || view.trace.header.transport !== 'streamable-http'
      ? []
      : conversationOf(view).sessions.flatMap((session) =>
          session.exchanges
            .filter(isStream)
            .flatMap((exchange) =>
              isResuming(exchange) ? judgeResumed(exchange, session) : judgeLeft(exchange, session, view),
            ),
        ),
};

/** A stream of a POST that the server left before the response, to be asked for the rest. */
function judgeLeft(exchange: Exchange, session: Session, { facts }: TraceView): Outcome[] {
  const calls = callsIn(exchange).filter((call) => !isCalledOff(call, session));
  const { events } = exchange.payload;
  // a response that cannot be read, or that came elsewhere, is another rule's
  const answered =
    exchange.payload.unreadable.length > 0 ||
    exchange.payload.sseProblems.some(({ kind }) => kind === 'unknown-field' || kind === 'unterminated-event') ||
    session.exchanges.some(
      (other) =>
        !isResuming(other) &&
        targetMessages(other).some(
          ({ message: { value }, message }) =>
            isResponse(message) &&
            isObject(value) &&
            (other === exchange || calls.some(({ id }) => sameJson(id, value.id))),
        ),
    );
  const left = facts.primeEvent && calls.length > 0 && !answered && exchange.end?.how === 'complete';
  if (!left || !events.some(({ id }) => id)) return [];
  const message = 'the server closed the connection of a stream that goes on without saying when to come back';
  const told = events.some(({ retry }) => retry !== null);
  return [
    ...judged(CLOSE, exchange, [], true),
    ...judged(RETRY, exchange, told ? [] : [{ message, path: 'events' }], true),
  ];
}

function judgeResumed(resumed: Exchange, session: Session): Outcome[] {
  const from = headerValue(resumed.requestHeaders, 'last-event-id');
  const earlier = session.exchanges.filter(({ startedAt }) => startedAt < resumed.startedAt);
  const origin = earlier.find(({ payload }) => payload.events.some(({ id }) => id !== null && id === from));
  if (!origin) return [];
  const said = targetMessages(resumed);
  const foreign = said.flatMap(({ message, path }): Breach[] => {
    const { value } = message;
    if (!isResponse(message) || !isObject(value)) return [];
    const asked = (exchange: Exchange) => callsIn(exchange).some(({ id }) => sameJson(id, value.id));
    if (asked(origin) || !session.exchanges.some((exchange) => exchange !== origin && asked(exchange))) return [];
    const what = `the response to ${show(value.id)} came on the stream of another request that was resumed`;
    return [{ message: what, path, actual: value }];
  });
  const mine = foreign.length < said.length;
  return [
    ...judged(CROSS, resumed, foreign, said.length > 0),
    ...judged(REPLAY, resumed, [], mine),
    ...judged(RESUMABLE, resumed, [], mine),
  ];
}
