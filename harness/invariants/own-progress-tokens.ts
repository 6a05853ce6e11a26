import type { Json } from '../../spec/messages.ts';
import type { Outcome } from '../judge/outcome.ts';
import type { Exchange } from '../trace/exchange.ts';
import { isObject, isRequestId } from '../wire/json-rpc.ts';
import { conversationOf, type Session } from './conversation.ts';
import type { Invariant, TraceView } from './invariant.ts';
import { type ServerRequest, serverRequests } from './jsonrpc-server-requests.ts';
import { condensed, judged, sameJson, show } from './outcomes.ts';
import { ownCancellations, replyTo } from './own-requests.ts';

const REQUIRES = ['progress.token-type', 'progress.token-unique'] as const;
const [TYPE, UNIQUE] = REQUIRES;

/** The progress tokens that a server gives with requests of its own (progress, progress flow). */
export const ownProgressTokens: Invariant = {
  id: 'invariant.progress.own-tokens',
  title: 'a progress token of the server is a string or an integer, and that of no other request that is still running',
  occasion: 'a request of the server that carries a progress token',
  requires: REQUIRES,
  judge: (view) =>
    view.facts.era === 'stateful'
      ? conversationOf(view).sessions.flatMap((session) => condensed(judgeSession(session, view)))
      : [],
};

function judgeSession(session: Session, view: TraceView): Outcome[] {
  const asked = serverRequests(session)
    .flatMap((request) => {
      const token = tokenIn(request.params);
      return token === undefined ? [] : [{ request, token }];
    })
    .sort((a, b) => a.request.said.message.at - b.request.said.message.at);
  return asked.flatMap(({ request, token }, index) => {
    const { exchange, path } = request.said;
    const place = { path: `${path}.params._meta.progressToken`, actual: token };
    if (!isRequestId(token)) {
      const message = `a progress token must be a string or an integer, was ${show(token)}`;
      return judged(TYPE, exchange, [{ message, ...place }], true);
    }
    const running = asked.slice(0, index).filter((other) => isRunning(other.request, request, session, view));
    const same = running.some((other) => sameJson(other.token, token));
    const message = `the progress token ${show(token)} is that of another request of the server, which is not answered`;
    return [
      ...judged(TYPE, exchange, [], true),
      ...judged(UNIQUE, exchange, same ? [{ message, ...place }] : [], running.length > 0),
    ];
  });
}

/** How long a request without an answer surely is not given up yet, in milliseconds. */
const SURELY_RUNNING_MS = 1_000;

/** Whether an earlier request of the server was surely waited for when it sent a later one. */
function isRunning(earlier: ServerRequest, later: ServerRequest, session: Session, { trace }: TraceView): boolean {
  const from = earlier.said.message.at;
  const until = later.said.message.at;
  // on a second stream it may be a copy, and what has the same id is another rule's
  if (sameJson(earlier.id, later.id) || until - from > SURELY_RUNNING_MS) return false;
  const reply = replyTo(earlier, session);
  if (reply && reply.startedAt < until) return false;
  const calledOff =
    session.exchanges.some((exchange) => exchange.startedAt < until && cancels(exchange)) ||
    ownCancellations(session).some(
      ({ said, requestId }) => said.message.at < until && sameJson(requestId, earlier.id),
    ) ||
    (trace.header.transport === 'streamable-http' && (earlier.said.exchange.end?.at ?? until) < until);
  return !calledOff;
}

function cancels({ sent }: Exchange): boolean {
  return sent.some(({ value }) => isObject(value) && value.method === 'notifications/cancelled');
}

function tokenIn(params: Json | undefined): Json | undefined {
  const meta = isObject(params) ? params._meta : undefined;
  return isObject(meta) ? meta.progressToken : undefined;
}
