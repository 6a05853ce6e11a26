import type { Json } from '../../spec/messages.ts';
import type { Transport } from '../../spec/revisions.ts';
import type { Outcome } from '../judge/outcome.ts';
import type { Exchange } from '../trace/exchange.ts';
import { isObject } from '../wire/json-rpc.ts';
import { type Call, conversationOf, resultOf, type Session } from './conversation.ts';
import type { Invariant, TraceView } from './invariant.ts';
import { type Breach, judged, sameJson, show, textOf } from './outcomes.ts';
import { progressIn, responseTo, tokenOf } from './progress.ts';
import { isAccepted, type TargetMessage } from './target-messages.ts';

const REQUIRES = [
  'cancel.receiver.no-response',
  'cancel.receiver.stop',
  'cancel.receiver.no-further-messages',
] as const;
const [NO_RESPONSE, STOP, NO_MORE] = REQUIRES;

/** How long after the answer to its cancellation something about a request is surely not on its way any more. */
const SURELY_LATE_MS = 500;
/** The part of its usual time that a call takes at most, and how much time it leaves, where it was cut short. */
const CUT_SHORT = 0.7;
const SURELY_SHORTER_MS = 300;

/**
 * A request that was cancelled while it ran is not answered, and nothing more is done for it (cancellation). Without sessions
 * over HTTP a server cannot know whose request it was, and what it does not know it may ignore.
 */
export const cancellation: Invariant = {
  id: 'invariant.cancel.receiver',
  title: 'a request that was cancelled while it ran is neither answered nor worked on',
  occasion: 'a request that can be cancelled while it runs',
  requires: REQUIRES,
  judge: (view) =>
    view.facts.era === 'stateful' || view.trace.header.transport === 'stdio'
      ? conversationOf(view)
          .sessions.filter(({ id }) => id !== null || view.trace.header.transport !== 'streamable-http')
          .flatMap((session) => session.exchanges.flatMap((exchange) => judgeCancellation(exchange, session, view)))
      : [],
};

function judgeCancellation(cancelling: Exchange, session: Session, { trace, facts }: TraceView): Outcome[] {
  const { transport } = trace.header;
  const call = cancelling.sent.flatMap(({ value }) => cancelledIn(value, cancelling, session))[0];
  if (!call || !isAccepted(cancelling)) return [];
  const known = cancelling.response?.at ?? cancelling.end?.at ?? cancelling.startedAt;
  const response = responseTo(call);
  // what was answered before the server can have read the cancellation shows nothing
  const ownsUp =
    response !== undefined && (tellsOfCancellation(response.message.value) || isCutShort(call, response, session));
  if (response && !ownsUp && response.message.at < known + SURELY_LATE_MS) return [];
  const over = call.exchange.end?.at ?? 0;
  const waited = over >= known + SURELY_LATE_MS || call.exchange.end?.how === 'complete';
  const breaches: Breach[] = response
    ? [
        {
          message: `the request ${show(call.id)} was answered after it had been cancelled`,
          path: response.path,
          actual: response.message.value,
        },
      ]
    : [];
  // two pages differ on whether it must not be, and from outside nobody can tell whether it could be cancelled
  if (facts.era === 'stateless')
    return judged(
      NO_MORE,
      call.exchange,
      breaches.map((one) => ({ ...one, atMost: 'warn' as const })),
      waited,
    );
  return [
    ...judged(NO_RESPONSE, call.exchange, breaches, waited),
    ...stopped(call, { known, waited, session, transport }),
  ];
}

/** Whether a response says of itself that the request was cancelled: then it came after that, however soon. */
function tellsOfCancellation(response: Json): boolean {
  if (!isObject(response) || !isObject(response.error)) return false;
  const { code, message } = response.error;
  return code === -32800 || (typeof message === 'string' && /\bcancel(?:l?ed|lation)\b/i.test(message));
}

/**
 * Whether a response came so much sooner than those to the same call that the cancellation must have brought it about.
 */
function isCutShort(call: Call, response: TargetMessage, session: Session): boolean {
  const what = plainly(call);
  const took = session.calls
    .filter((other) => other !== call && plainly(other) === what && isObject(resultOf(other)))
    .map((other) => (responseTo(other)?.message.at ?? Number.POSITIVE_INFINITY) - other.exchange.startedAt);
  const shortest = Math.min(...took);
  const mine = response.message.at - call.exchange.startedAt;
  return Number.isFinite(shortest) && mine < shortest * CUT_SHORT && shortest - mine > SURELY_SHORTER_MS;
}

/** What a request asks, whatever its metadata. */
function plainly({ method, params }: Call): string {
  const { _meta, ...rest } = isObject(params) ? params : {};
  return `${method} ${textOf(rest)}`;
}

/** The running request that a notification cancels; an initialize request cannot be cancelled, and an id that is used twice says nothing. */
function cancelledIn(value: Json, cancelling: Exchange, session: Session): Call[] {
  if (!isObject(value) || value.method !== 'notifications/cancelled' || !isObject(value.params)) return [];
  const { requestId } = value.params;
  const named = session.calls.filter(({ id }) => sameJson(id, requestId));
  const [call] = named;
  const runs = call && call.method !== 'initialize' && call.exchange.startedAt <= cancelling.startedAt;
  const answered = call && (responseTo(call)?.message.at ?? Number.POSITIVE_INFINITY) < cancelling.startedAt;
  const closed = call && (call.exchange.end?.at ?? Number.POSITIVE_INFINITY) < cancelling.startedAt;
  return named.length === 1 && runs && !answered && !closed ? [call] : [];
}

interface Circumstances {
  /** When the cancellation was surely known. */
  readonly known: number;
  /** Whether there was time to see what came after. */
  readonly waited: boolean;
  readonly session: Session;
  readonly transport: Transport;
}

/** Whether work goes on is seen by the progress it makes, of requests that had made some. */
function stopped(call: Call, { known, waited, session, transport }: Circumstances): Outcome[] {
  const token = tokenOf(call);
  if (token === undefined) return [];
  const mine = progressIn(session, transport).filter((one) => sameJson(one.token, token));
  const late = mine.find(({ said }) => said.message.at >= known + SURELY_LATE_MS);
  const message = `the request ${show(call.id)} went on making progress after it had been cancelled`;
  const breach = late ? [{ message, path: late.said.path, actual: late.said.message.value }] : [];
  return judged(STOP, late?.said.exchange ?? call.exchange, breach, waited && mine.length > 0);
}
