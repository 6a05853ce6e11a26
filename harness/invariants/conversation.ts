import type { Json } from '../../spec/messages.ts';
import { answerTo, isResponse } from '../judge/observation.ts';
import type { Exchange } from '../trace/exchange.ts';
import type { Trace } from '../trace/trace.ts';
import { headerValue } from '../wire/headers.ts';
import { isObject } from '../wire/json-rpc.ts';
import type { TraceView } from './invariant.ts';
import { sameJson } from './outcomes.ts';
import { targetMessages } from './target-messages.ts';

/** A request that the harness sent, well-formed or not. */
export interface Call {
  readonly id: Json;
  readonly method: string;
  readonly params: Json | undefined;
  readonly exchange: Exchange;
  /** Where its response may come: in the same exchange, or on the streams of the older HTTP transport. */
  readonly answeredIn: readonly Exchange[];
  /** Whether it was a JSON-RPC request whose params, if any, were an object. */
  readonly wellFormed: boolean;
}

/** An initialize request that the target answered with a result. */
export interface Opening {
  readonly exchange: Exchange;
  readonly params: Json | undefined;
  readonly result: Json;
}

/** What belongs together: the exchanges under one session id or, without one, those of one client. */
export interface Session {
  /** The session id, or null where none was issued. */
  readonly id: string | null;
  readonly exchanges: Exchange[];
  readonly calls: Call[];
  readonly openings: Opening[];
  /** When notifications/initialized was first sent, or null. */
  confirmedAt: number | null;
  /** Ids that notifications/cancelled named. */
  readonly cancelled: Json[];
}

/** The traffic of a trace with the MCP endpoint, sorted by sessions. */
export interface Conversation {
  readonly exchanges: readonly Exchange[];
  readonly sessions: readonly Session[];
  sessionOf(exchange: Exchange): Session;
}

const known = new WeakMap<Trace, Conversation>();

/** Sorts the exchanges of a trace by sessions; exchanges with other addresses (metadata of authorization) are left out. */
export function conversationOf({ trace, exchanges }: TraceView): Conversation {
  const before = known.get(trace);
  if (before) return before;
  const sessions = new Map<string, Session>();
  const owners = new Map<Exchange, Session>();
  const mine = withEndpoint(trace, exchanges);
  for (const exchange of mine) {
    const calls = callsIn(
      exchange,
      trace.header.transport === 'http+sse' ? [exchange, ...streamsOf(exchange, mine)] : [exchange],
    );
    const opening = exchange.sent.length === 1 ? openingIn(calls) : null;
    const id = (opening ? issuedId(exchange) : null) ?? sentId(exchange);
    const key = id === null ? `client ${exchange.client}` : `session ${id}`;
    const session = sessions.get(key) ?? emptySession(id);
    sessions.set(key, session);
    owners.set(exchange, session);
    session.exchanges.push(exchange);
    session.calls.push(...calls);
    if (opening) session.openings.push(opening);
    noteNotifications(session, exchange);
  }
  const conversation: Conversation = {
    exchanges: mine,
    sessions: [...sessions.values()],
    sessionOf: (exchange) => owners.get(exchange) ?? emptySession(null),
  };
  known.set(trace, conversation);
  return conversation;
}

/** The requests that an exchange carried. */
export function callsIn(exchange: Exchange, answeredIn: readonly Exchange[] = [exchange]): Call[] {
  return exchange.sent.flatMap(({ value, envelope }) => {
    if (!isObject(value) || typeof value.method !== 'string' || value.id === undefined) return [];
    const { id, method, params } = value;
    return [
      { id, method, params, exchange, answeredIn, wellFormed: envelope.kind === 'request' && !isOddParams(params) },
    ];
  });
}

/** The result with which the target answered a request, or undefined. */
export function resultOf(call: Call): Json | undefined {
  const said = call.answeredIn.flatMap((exchange) => targetMessages(exchange));
  const responses = said.flatMap(({ message }) => (isResponse(message) ? [message] : []));
  const exact = responses.find(({ value }) => isObject(value) && value.id === call.id);
  const answer =
    exact ??
    (call.exchange.sent.length === 1 && call.answeredIn[0] === call.exchange
      ? answerTo(call.exchange, responses)
      : undefined);
  if (!isObject(answer?.value) || answer.value.error !== undefined) return undefined;
  return answer.value.result;
}

/** Whether a request need not be answered: the client cancelled it, or ended the session while it ran. */
export function isCalledOff({ id, exchange }: Call, { cancelled, exchanges }: Session): boolean {
  const over = exchange.end?.at ?? Number.POSITIVE_INFINITY;
  return (
    cancelled.some((one) => sameJson(one, id)) ||
    exchanges.some(({ method, startedAt }) => method === 'DELETE' && startedAt > exchange.startedAt && startedAt < over)
  );
}

/** The session id that an answer issues or repeats, or null. */
export function issuedId(exchange: Exchange): string | null {
  return headerValue(exchange.response?.headers ?? [], 'mcp-session-id');
}

/** The session id under which an exchange was made, or null. */
export function sentId(exchange: Exchange): string | null {
  return headerValue(exchange.requestHeaders, 'mcp-session-id');
}

function withEndpoint(trace: Trace, exchanges: readonly Exchange[]): readonly Exchange[] {
  if (trace.header.transport !== 'streamable-http') return exchanges;
  const same = exchanges.filter(({ url }) => url === trace.header.target);
  // the header hides secrets in the address that the exchanges still have
  return same.length ? same : exchanges.filter(({ url }) => !url.includes('/.well-known/'));
}

function streamsOf({ client }: Exchange, exchanges: readonly Exchange[]): readonly Exchange[] {
  return exchanges.filter((exchange) => exchange.client === client && exchange.method === 'GET');
}

function openingIn(calls: readonly Call[]): Opening | null {
  const call = calls.find(({ method }) => method === 'initialize');
  const result = call ? resultOf(call) : undefined;
  return call && result !== undefined ? { exchange: call.exchange, params: call.params, result } : null;
}

function noteNotifications(session: Session, exchange: Exchange): void {
  for (const { value } of exchange.sent) {
    if (!isObject(value)) continue;
    if (value.method === 'notifications/initialized') session.confirmedAt ??= exchange.startedAt;
    if (value.method === 'notifications/cancelled' && isObject(value.params) && value.params.requestId !== undefined) {
      session.cancelled.push(value.params.requestId);
    }
  }
}

function emptySession(id: string | null): Session {
  return { id, exchanges: [], calls: [], openings: [], confirmedAt: null, cancelled: [] };
}

function isOddParams(params: Json | undefined): boolean {
  return params !== undefined && !isObject(params);
}
