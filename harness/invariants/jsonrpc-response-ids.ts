import type { Json } from '../../spec/messages.ts';
import { isResponse } from '../judge/observation.ts';
import { type Exchange, STDIN, sharesStream } from '../trace/exchange.ts';
import { lenientUtf8 } from '../wire/bytes.ts';
import { mediaTypeOf } from '../wire/headers.ts';
import { isObject, isRequestId } from '../wire/json-rpc.ts';
import { type Call, callsIn, conversationOf, type Session } from './conversation.ts';
import { copiesOf } from './copies.ts';
import type { Invariant, TraceView } from './invariant.ts';
import { carriesOnlyNotifications, hasId } from './jsonrpc-notifications.ts';
import { type Breach, judged, sameJson, show, textOf } from './outcomes.ts';
import { oddlySpelled } from './raw-ids.ts';
import { isAccepted, isResuming, isWellFormedSending, type TargetMessage, targetMessages } from './target-messages.ts';

const REQUIRES = ['jsonrpc.result.same-id', 'jsonrpc.error.same-id'] as const;
const [RESULT, ERROR] = REQUIRES;

/** Ids of responses: each must be that of a request which the stream or body answers, type included. */
export const jsonRpcResponseIds: Invariant = {
  id: 'invariant.jsonrpc.response-ids',
  title: 'a response carries the id of the request it answers',
  occasion: 'an answer to a request',
  requires: REQUIRES,
  judge: (view) => {
    const conversation = conversationOf(view);
    return conversation.exchanges.flatMap((exchange) => {
      const session = conversation.sessionOf(exchange);
      const asked = askedOn(exchange, session, view);
      if (!asked || asked.some(({ id }) => typeof id === 'number' && !Number.isSafeInteger(id))) return [];
      const responses = targetMessages(exchange).filter(
        (said) =>
          isResponse(said.message) &&
          !copiesOf(view, said).length &&
          (isAsked(asked, idOf(said)) || isClear(exchange, session, view)),
      );
      const [failures, successes] = [responses.filter(isFailure), responses.filter((said) => !isFailure(said))];
      const matched = (said: TargetMessage) => isRequestId(idOf(said)) && isAsked(asked, idOf(said));
      return [
        ...judged(
          RESULT,
          exchange,
          successes.flatMap((said) => wrongResult(said, asked, view)),
          successes.some(matched),
        ),
        ...judged(
          ERROR,
          exchange,
          failures.flatMap((said) => wrongError(said, asked)),
          failures.some(matched),
        ),
      ];
    });
  },
};

/** The requests that an answer may respond to; null where another rule judges the responses. */
function askedOn(exchange: Exchange, session: Session, { trace }: TraceView): readonly Call[] | null {
  if (exchange.method === 'POST' && trace.header.transport === 'streamable-http') return callsIn(exchange);
  if (exchange.method === 'GET' && trace.header.transport === 'streamable-http' && !isResuming(exchange)) return null;
  return session.calls;
}

/**
 * Whether a response under a foreign id is no answer to something odd that was sent. Where all answers come on one stream,
 * any message of the session that was no proper one may have been read and answered after all.
 */
function isClear(exchange: Exchange, { exchanges }: Session, view: TraceView): boolean {
  if (exchange.method === 'POST' && view.trace.header.transport === 'streamable-http') return true;
  return exchanges.every((one) => !lenientUtf8(one.requestBody).trim() || isWellFormedSending(one, view));
}

function wrongResult(said: TargetMessage, asked: readonly Call[], view: TraceView): Breach[] {
  const id = idOf(said);
  if (isAsked(asked, id)) return respelled(said, id);
  // an answer to what asked nothing, or not properly, is the business of other rules
  if (!asked.length || !asked.every(({ wellFormed }) => wellFormed)) return [];
  if (answersNotification(said, view)) return [];
  return [breach(said, `the result has ${describe(id)}, the request had ${idsOf(asked)}`)];
}

function wrongError(said: TargetMessage, asked: readonly Call[]): Breach[] {
  const id = idOf(said);
  if (isAsked(asked, id)) return respelled(said, id);
  if (id !== undefined && id !== null) {
    if (wasSent(said.exchange, id)) return [];
    if (asked.length) return [breach(said, `the error has ${describe(id)}, the request had ${idsOf(asked)}`)];
    const message = `the error has ${describe(id)}, but there was no request that it could answer`;
    return [{ ...breach(said, message), atMost: 'warn' }];
  }
  if (!isReadable(said.exchange, asked)) return [];
  return [breach(said, `the error has ${describe(id)}, although the request's id could be read: ${idsOf(asked)}`)];
}

/** Whether an id stood in what was sent, in a message too odd to be a request or in text that is not even JSON. */
function wasSent({ sent, requestBody }: Exchange, id: Json): boolean {
  if (!sent.length) return lenientUtf8(requestBody).includes(textOf(id));
  return sent.some(({ value }) => isObject(value) && sameJson(value.id, id));
}

/** Bytes of a message that every server reads: what is longer it may refuse unread. */
const SURELY_READ = 60_000;

/**
 * Whether the server had a single well-formed request before it and took it: then it could read its id. Over stdio every
 * request of the session has to be well-formed, since the error may be about any of them.
 */
function isReadable(exchange: Exchange, asked: readonly Call[]): boolean {
  const [first] = exchange.sent;
  return (
    isAccepted(exchange) &&
    exchange.sent.length === 1 &&
    first?.batched === false &&
    callsIn(exchange).length === 1 &&
    asked.every((call) => call.wellFormed && call.exchange.requestBody.length < SURELY_READ) &&
    (exchange.method === STDIN || mediaTypeOf(exchange.requestHeaders) === 'application/json')
  );
}

/** Where all answers come on one stream, a response without an id comes with what was sent last; after a notification that is what it answers. */
function answersNotification(said: TargetMessage, view: TraceView): boolean {
  return sharesStream(said.exchange) && carriesOnlyNotifications(said.exchange, view) && !hasId(said);
}

/** An integer that came back with a fraction or an exponent: the same number to some readers, not to all. */
function respelled(said: TargetMessage, id: Json | undefined): Breach[] {
  const raw = typeof id === 'number' ? oddlySpelled(id, said) : undefined;
  if (raw === undefined) return [];
  const message = `the id ${show(id)} came back as ${raw}: readers that tell integers from floating point do not know it again`;
  return [{ ...breach(said, message), actual: raw, atMost: 'warn' }];
}

function breach(said: TargetMessage, message: string): Breach {
  return { message, path: `${said.path}.id`, actual: idOf(said) };
}

function describe(id: Json | undefined): string {
  return id === undefined ? 'no id' : `the id ${show(id)}`;
}

function idsOf(asked: readonly Call[]): string {
  const ids = asked.map(({ id }) => show(id));
  return ids.length > 5 ? `${ids.slice(0, 5).join(', ')} and others` : ids.join(', ');
}

function isAsked(asked: readonly Call[], id: Json | undefined): boolean {
  return id !== undefined && asked.some((call) => sameJson(call.id, id));
}

function isFailure({ message: { value } }: TargetMessage): boolean {
  return isObject(value) && value.error !== undefined && value.error !== null;
}

function idOf({ message: { value } }: TargetMessage): Json | undefined {
  return isObject(value) ? value.id : undefined;
}
