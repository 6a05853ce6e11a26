import { isResponse } from '../judge/observation.ts';
import type { Outcome } from '../judge/outcome.ts';
import type { Exchange } from '../trace/exchange.ts';
import { isObject } from '../wire/json-rpc.ts';
import { type Call, callsIn, conversationOf, isCalledOff, type Session } from './conversation.ts';
import type { Invariant, TraceView } from './invariant.ts';
import { isNotificationMethod } from './jsonrpc-notifications.ts';
import { judged, ruleAt, sameJson, show } from './outcomes.ts';
import { isStream, isWellFormedSending, targetMessages } from './target-messages.ts';

const REQUIRES = ['sse.post.no-early-close', 'sse.post.eventually-response', 'sse.post.close-after-response'] as const;
const [NO_EARLY_CLOSE, EVENTUALLY, CLOSE] = REQUIRES;

/** A POST stream holds a response to each request when the server ends it, and nothing after the last of them. */
export const ssePostStreams: Invariant = {
  id: 'invariant.sse.post-streams',
  title: 'the server ends the stream of a POST with the response, neither before nor later',
  occasion: 'an answer that is an event stream',
  requires: REQUIRES,
  transports: ['streamable-http'],
  judge: (view) => {
    if (view.trace.header.transport !== 'streamable-http') return [];
    return conversationOf(view).sessions.flatMap((session) =>
      session.exchanges
        .filter((exchange) => isStream(exchange) && isWellFormedSending(exchange, view) && callsIn(exchange).length > 0)
        .flatMap((exchange) => judgeStream(exchange, session, view)),
    );
  },
};

function judgeStream(exchange: Exchange, session: Session, view: TraceView): Outcome[] {
  const due = callsIn(exchange);
  const responses = targetMessages(exchange).filter(({ message }) => isResponse(message));
  const missing = due.filter(
    ({ id }) => !responses.some(({ message: { value } }) => isObject(value) && sameJson(value.id, id)),
  );
  if (!missing.length) {
    return [
      ...judged(EVENTUALLY, exchange, [], true),
      ...judged(NO_EARLY_CLOSE, exchange, [], exchange.end?.how === 'complete'),
      ...afterTheEnd(exchange, responses.at(-1)?.index ?? 0),
    ];
  }
  // under a wrong id it was answered all the same, and the ids are another rule's
  if (exchange.end?.how !== 'complete' || responses.length >= due.length) return [];
  if (isExcused(exchange, missing, session, view)) return [];
  const message = `the server ended the stream without a response to the request ${show(missing[0]?.id)}`;
  return judged(ruleAt(view.revision, NO_EARLY_CLOSE, EVENTUALLY), exchange, [{ message, path: 'ending' }], true);
}

function isExcused(exchange: Exchange, missing: readonly Call[], session: Session, { facts }: TraceView): boolean {
  const { events, sseProblems } = exchange.payload;
  const from = session.exchanges.indexOf(exchange);
  return (
    // from 2025-11-25 on the client may be told to come back for the rest
    (facts.primeEvent && events.some(({ id }) => id)) ||
    missing.some((call) => !call.wellFormed || isNotificationMethod(call.method) || isCalledOff(call, session)) ||
    // the session may have expired
    session.exchanges.slice(from + 1).some(({ response }) => response?.status === 404) ||
    // what is no event stream, or is cut within an event, has a rule of its own
    sseProblems.some(({ kind }) => kind === 'unknown-field' || kind === 'unterminated-event')
  );
}

/** Messages after the last response. Progress that comes too late has a rule of its own. */
function afterTheEnd(exchange: Exchange, last: number): Outcome[] {
  const late = targetMessages(exchange).filter(
    ({ index, message: { value } }) => index > last && !(isObject(value) && value.method === 'notifications/progress'),
  );
  const breaches = late.map(({ message, path }) => ({
    message: 'a message came on the stream of a POST after its last response',
    path,
    actual: message.value,
  }));
  return judged(CLOSE, exchange, breaches, false);
}
