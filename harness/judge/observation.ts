import type { Json, JsonObject } from '../../spec/messages.ts';
import type { Exchange, ReceivedMessage } from '../trace/exchange.ts';
import { lenientUtf8 } from '../wire/bytes.ts';
import { readChallenges } from '../wire/challenges.ts';
import { mediaTypeOf } from '../wire/headers.ts';
import { isObject } from '../wire/json-rpc.ts';

/** What expectations speak of: the parts of an answer, each absent when it was not on the wire. */
export type Observation = { readonly [part: string]: Json };

const known = new WeakMap<Exchange, Observation>();

/** Reads an exchange as what a case's expectations see of it. Lenient where invariants are strict. */
export function observe(exchange: Exchange): Observation {
  const before = known.get(exchange);
  if (before) return before;
  const seen = read(exchange);
  known.set(exchange, seen);
  return seen;
}

function read(exchange: Exchange): Observation {
  const { payload, response } = exchange;
  const seen: JsonObject = {
    ending: exchange.end?.how ?? 'closed-by-harness',
    form: payload.form,
    messages: payload.messages.map((message) => message.value),
  };
  if (response) {
    seen.status = response.status;
    seen.body = lenientUtf8(payload.bytes);
    Object.assign(seen, headerParts(exchange, mediaTypeOf(response.headers)));
  }
  if (payload.form === 'json' && !payload.unreadable.length) seen.json = jsonOf(exchange);
  if (payload.form === 'sse') {
    seen.events = payload.events.map(({ event, data, id, retry, comments }) => ({
      event,
      data,
      id,
      retry,
      comments: [...comments],
    }));
  }
  const responses = payload.messages.filter(isResponse);
  seen.responses = responses.map((message) => message.value);
  const answer = answerTo(exchange, responses);
  if (answer) {
    seen.response = answer.value;
    const { result, error } = isObject(answer.value) ? answer.value : {};
    // A response with both members breaks a rule of its own; here it counts for what a client would take it for.
    if (result !== undefined && (error === undefined || error === null)) seen.result = result;
    if (error !== undefined) seen.error = error;
    if (exchange.end?.how === 'complete') seen.closedAfter = exchange.end.at - answer.at;
  }
  return seen;
}

/** The headers of an answer, and what some of them say. */
function headerParts(exchange: Exchange, mediaType: string | null): JsonObject {
  const headers = joined(exchange);
  const { 'mcp-session-id': session, 'www-authenticate': challenge } = headers;
  return {
    headers,
    ...(mediaType === null ? {} : { mediaType }),
    ...(challenge === undefined ? {} : { challenge: readChallenges(challenge) }),
    ...(session === undefined ? {} : { session }),
  };
}

/** Whether a message is meant as a response, well-formed or not. */
export function isResponse(message: ReceivedMessage): boolean {
  return isObject(message.value) && ('result' in message.value || 'error' in message.value);
}

/** The response to the request that an exchange carried: the one with its id, else the only one there is. */
export function answerTo(exchange: Exchange, responses: readonly ReceivedMessage[]): ReceivedMessage | undefined {
  const asked = exchange.sent.map(({ value }) => (isObject(value) ? value.id : undefined));
  const exact = responses.find(({ value }) => isObject(value) && value.id !== undefined && asked.includes(value.id));
  return exact ?? (responses.length === 1 ? responses[0] : undefined);
}

function joined(exchange: Exchange): { [name: string]: string } {
  const headers: { [name: string]: string } = {};
  for (const [name, value] of exchange.response?.headers ?? []) {
    const key = name.toLowerCase();
    headers[key] = key in headers ? `${headers[key]}, ${value}` : value;
  }
  return headers;
}

/** The value of a body that could be read: its only message, or the list that it was. */
function jsonOf({ payload: { messages } }: Exchange): Json {
  const [first] = messages;
  return first && !first.batched ? first.value : messages.map(({ value }) => value);
}
