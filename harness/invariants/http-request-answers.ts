import type { Json } from '../../spec/messages.ts';
import type { Exchange } from '../trace/exchange.ts';
import { lenientUtf8, strictUtf8 } from '../wire/bytes.ts';
import { mediaTypeOf } from '../wire/headers.ts';
import { isObject } from '../wire/json-rpc.ts';
import { type Call, callsIn, conversationOf, isCalledOff, type Session } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { isNotificationMethod } from './jsonrpc-notifications.ts';
import { type Breach, judged, show } from './outcomes.ts';
import { isAccepted, isPlain, isWellFormedSending } from './target-messages.ts';

const RULE = 'http.post.response-content-type';

/** The form of the answer to a request: one JSON object, or an event stream (transports, sending messages to the server). */
export const httpRequestAnswers: Invariant = {
  id: 'invariant.http.request-answers',
  title: 'a request is answered with one JSON object or with an event stream',
  occasion: 'an answer to a request',
  requires: [RULE],
  transports: ['streamable-http'],
  judge: (view) => {
    if (view.trace.header.transport !== 'streamable-http') return [];
    const conversation = conversationOf(view);
    return conversation.exchanges
      .filter((exchange) => isAccepted(exchange) && isWellFormedSending(exchange, view))
      .filter((exchange) => wantsAnswer(exchange, conversation.sessionOf(exchange)))
      .flatMap((exchange) => {
        const seen = exchange.end?.how === 'complete' || exchange.payload.messages.length > 0;
        return judged(RULE, exchange, faultOf(exchange), seen);
      });
  },
};

/** Whether an exchange carried requests that must all be answered. */
function wantsAnswer(exchange: Exchange, session: Session): boolean {
  const calls = callsIn(exchange);
  return calls.length > 0 && calls.every((call) => isProper(call) && !isCalledOff(call, session));
}

function isProper({ method, wellFormed }: Call): boolean {
  return wellFormed && !isNotificationMethod(method);
}

function faultOf(exchange: Exchange): Breach[] {
  const { headers = [], status } = exchange.response ?? {};
  const type = mediaTypeOf(headers);
  const { payload } = exchange;
  const whole = exchange.end?.how === 'complete';
  if (type !== 'application/json' && type !== 'text/event-stream') {
    const path = type === null ? 'headers' : 'mediaType';
    return [
      { message: `a request was answered with ${type ?? 'no Content-Type'} (HTTP ${status})`, path, actual: type },
    ];
  }
  if (!isPlain(exchange) || !whole) return [];
  return type === 'application/json' ? jsonFault(exchange) : streamFault(payload);
}

function jsonFault({ payload, sent, response }: Exchange): Breach[] {
  if (!payload.bytes.length) {
    return [
      { message: `a request was answered with an empty body (HTTP ${response?.status})`, path: 'body', actual: '' },
    ];
  }
  const [unreadable] = payload.unreadable;
  if (unreadable) {
    // bytes that are no UTF-8 are another rule's
    if (strictUtf8(payload.bytes) === null) return [];
    return [{ message: `the body is not JSON (${unreadable.why})`, path: 'body', actual: unreadable.text }];
  }
  const [first] = payload.messages;
  if (first && !first.batched && isObject(first.value)) return [];
  if (first?.batched && sent.some(({ batched }) => batched)) return [];
  const value: Json = JSON.parse(lenientUtf8(payload.bytes));
  return [{ message: `the body must be one JSON object, was ${show(value)}`, path: 'json', actual: value }];
}

/** A stream that is not framed as one, or whose last event no blank line ends: readers never see what it holds. */
function streamFault({ bytes, events, sseProblems }: Exchange['payload']): Breach[] {
  const fields = events.some(({ data, id, retry, event, comments }) => data ?? id ?? retry ?? event ?? comments[0]);
  if (bytes.length && events.length && !fields && sseProblems.some(({ kind }) => kind === 'unknown-field')) {
    return [{ message: 'the body is no event stream: it has not one field of an event', path: 'body' }];
  }
  const last = events.at(-1);
  if (!last || last.terminated || last.data === null) return [];
  const message = 'no blank line ends the last event of the stream, so readers discard it';
  return [{ message, path: `events.${events.length - 1}.data`, actual: last.data }];
}
