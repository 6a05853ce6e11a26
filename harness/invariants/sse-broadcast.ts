import { isResponse } from '../judge/observation.ts';
import type { Outcome } from '../judge/outcome.ts';
import type { Exchange } from '../trace/exchange.ts';
import { conversationOf, type Session } from './conversation.ts';
import { copiesOf } from './copies.ts';
import type { Invariant, TraceView } from './invariant.ts';
import { type Breach, judged } from './outcomes.ts';
import { carrierOf, isResuming, isStream, type TargetMessage, targetMessages } from './target-messages.ts';

const RULE = 'sse.multi.no-broadcast';
/** Copies of one notification leave the server together; equal ones that lie further apart may be two. */
const TOGETHER_MS = 1_000;
/** What is said on the stream of a request and on a GET stream has one occasion only when it comes at once. */
const AT_ONCE_MS = 250;

/** Requests and responses are known again by their ids. Equal notifications may be two that say the same: a warning only. */
export const sseBroadcast: Invariant = {
  id: 'invariant.sse.broadcast',
  title: 'no message comes on two streams of a session',
  occasion: 'messages on several streams of one session',
  requires: [RULE],
  transports: ['streamable-http'],
  judge: (view) => conversationOf(view).sessions.flatMap((session) => judgeSession(session, view)),
};

function judgeSession(session: Session, view: TraceView): Outcome[] {
  const streams = session.exchanges.filter((exchange) => isStream(exchange) && !isResuming(exchange));
  return streams.flatMap((stream) => {
    const others = streams.filter((other) => other !== stream && areOpenTogether(stream, other));
    const said = targetMessages(stream);
    const breaches = said.flatMap((one) => [...copied(one, view), ...repeated(one, others, session)]);
    return judged(RULE, stream, breaches, others.length > 0 && said.length > 0);
  });
}

function copied(said: TargetMessage, view: TraceView): Breach[] {
  const copies = copiesOf(view, said);
  // a response is the copy where it answers nothing; of several requests all but the first are
  if (!copies.length || (!isResponse(said.message) && copies.every((copy) => isBefore(said, copy)))) return [];
  const message = 'the same message came on another stream of the session too';
  return [{ message, path: said.path, actual: said.message.value }];
}

function isBefore(a: TargetMessage, b: TargetMessage): boolean {
  return a.message.at === b.message.at ? a.exchange.id < b.exchange.id : a.message.at < b.message.at;
}

/** Without sessions the server cannot know that two GET streams are those of one client. */
function repeated(said: TargetMessage, others: readonly Exchange[], { id }: Session): Breach[] {
  if (id === null || said.exchange.method !== 'GET' || said.message.envelope.kind !== 'notification') return [];
  const text = carrierOf(said);
  const twin = others
    .flatMap((other) => targetMessages(other))
    .find((other) => Math.abs(said.message.at - other.message.at) < within(other) && carrierOf(other) === text);
  if (!twin || (twin.exchange.method === 'GET' && isBefore(said, twin))) return [];
  const both = twin.exchange.method === 'GET' ? 'two GET streams' : 'a GET stream and the stream of a request';
  const message = `the same notification came on ${both} of the session at the same time`;
  return [{ message, path: said.path, actual: said.message.value, atMost: 'warn' }];
}

function within({ exchange }: TargetMessage): number {
  return exchange.method === 'GET' ? TOGETHER_MS : AT_ONCE_MS;
}

function areOpenTogether(a: Exchange, b: Exchange): boolean {
  const span = ({ response, end }: Exchange) => [response?.at ?? 0, end?.at ?? Number.POSITIVE_INFINITY] as const;
  const [aFrom, aTo] = span(a);
  const [bFrom, bTo] = span(b);
  return aFrom < bTo && bFrom < aTo;
}
