import { type Exchange, type ReceivedMessage, STDIN, sharesStream } from '../trace/exchange.ts';
import { headerValue, mediaTypeOf } from '../wire/headers.ts';
import { isObject } from '../wire/json-rpc.ts';
import { isMessageEvent } from '../wire/sse.ts';
import type { TraceView } from './invariant.ts';

/** A message of the target's that invariants judge. */
export interface TargetMessage {
  readonly exchange: Exchange;
  readonly message: ReceivedMessage;
  /** Its place in the observation of the exchange. */
  readonly path: string;
  /** Its place among the messages of the exchange. */
  readonly index: number;
}

const known = new WeakMap<Exchange, readonly TargetMessage[]>();

/**
 * What the target said as JSON-RPC in one exchange: every event of a stream it opened and the body of its answer to a
 * request. In any other body (a refusal, an answer to a notification, HTML) only what calls itself JSON-RPC counts, as
 * does what comes in events of a name of their own: nothing says that these have to be MCP messages.
 */
export function targetMessages(exchange: Exchange): readonly TargetMessage[] {
  const before = known.get(exchange);
  if (before) return before;
  const all = isPlain(exchange) ? exchange.payload.messages : [];
  const messages = all
    .map((message, index) => ({ exchange, message, index, path: `messages.${index}` }))
    .filter(({ message }) => isMessagePlace(exchange, message) || claimsJsonRpc(message));
  known.set(exchange, messages);
  return messages;
}

/** The text that carried a message, in which its like can be known again without comparing values. */
export function carrierOf({ exchange, message, index }: TargetMessage): string {
  const data = message.event === null ? '' : (exchange.payload.events[message.event]?.data ?? '');
  return message.batched || message.event === null ? `${exchange.id} ${index} ${data}` : data;
}

/** Whether the target answered with a status from 200 to 299; over stdio there is none, and nothing refuses a message. */
export function isAccepted(exchange: Exchange): boolean {
  if (exchange.method === STDIN) return true;
  const status = exchange.response?.status ?? 0;
  return status >= 200 && status < 300;
}

/** Whether the answer is an event stream that the target opened as such. */
export function isStream(exchange: Exchange): boolean {
  return isAccepted(exchange) && mediaTypeOf(exchange.response?.headers ?? []) === 'text/event-stream';
}

/** Whether the bytes of the body are the body: the harness asks for no compression and undoes none. */
export function isPlain(exchange: Exchange): boolean {
  const coding = headerValue(exchange.response?.headers ?? [], 'content-encoding')
    ?.trim()
    .toLowerCase();
  return coding === undefined || coding === '' || coding === 'identity';
}

/** Whether a GET asks for the rest of an earlier stream: what comes then may have come before. */
export function isResuming(exchange: Exchange): boolean {
  return exchange.method === 'GET' && headerValue(exchange.requestHeaders, 'last-event-id') !== null;
}

export { isMessageEvent } from '../wire/sse.ts';

/** Whether a POST or a line carried what the revision lets a client send: one message, or a batch where there are batches. */
export function isWellFormedSending(exchange: Exchange, { facts }: TraceView): boolean {
  return (
    (exchange.method === 'POST' || exchange.method === STDIN) &&
    exchange.sent.length > 0 &&
    exchange.sent.every(({ envelope, batched }) => envelope.kind !== 'broken' && (facts.batching || !batched))
  );
}

function isMessagePlace(exchange: Exchange, message: ReceivedMessage): boolean {
  if (exchange.method === STDIN) return true;
  if (message.event !== null) {
    return (
      (isStream(exchange) || sharesStream(exchange)) &&
      isMessageEvent(exchange.payload.events[message.event]?.event ?? null)
    );
  }
  return (
    isAccepted(exchange) &&
    mediaTypeOf(exchange.response?.headers ?? []) === 'application/json' &&
    exchange.method === 'POST' &&
    exchange.sent.some(({ envelope }) => envelope.kind === 'request')
  );
}

function claimsJsonRpc({ value }: ReceivedMessage): boolean {
  return isObject(value) && 'jsonrpc' in value;
}
