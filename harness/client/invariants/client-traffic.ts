import type { Json } from '../../../spec/messages.ts';
import type { Revision } from '../../../spec/revisions.ts';
import type { TraceView } from '../../invariants/invariant.ts';
import { sameJson } from '../../invariants/outcomes.ts';
import type { Exchange, ReceivedMessage } from '../../trace/exchange.ts';
import type { Trace } from '../../trace/trace.ts';
import { headerValue } from '../../wire/headers.ts';
import { isObject } from '../../wire/json-rpc.ts';
import { endpointExchanges } from '../judge/endpoint-exchanges.ts';

/** An initialize request that the harness answered with a result. */
export interface Opening {
  readonly exchange: Exchange;
  readonly params: Json | undefined;
  readonly result: Json;
  /** The session id that was issued, or null. */
  readonly session: string | null;
  /** When the answer had been written, in milliseconds since the trace began. */
  readonly doneAt: number;
}

/** A message that the client sent, and where. */
export interface ClientMessage {
  readonly exchange: Exchange;
  readonly message: ReceivedMessage;
  /** Its place in the observation of the request. */
  readonly path: string;
}

/** What a client sent to the MCP endpoint, and the openings that it belongs to. */
export interface ClientTraffic {
  readonly exchanges: readonly Exchange[];
  readonly messages: readonly ClientMessage[];
  readonly openings: readonly Opening[];
  /** The last opening that was over when an exchange began; for the request that opens, and before it, undefined. */
  openingOf(exchange: Exchange): Opening | undefined;
  /** Whether the judged revision governs an exchange: no other one was agreed on. */
  isGoverned(exchange: Exchange): boolean;
}

const known = new WeakMap<Trace, ClientTraffic>();

/** The traffic of a trace that the stateful revisions speak of, sorted for the invariants. */
export function clientTraffic({ trace, revision }: TraceView): ClientTraffic {
  const before = known.get(trace);
  if (before) return before;
  const exchanges = endpointExchanges(trace);
  const openings = exchanges.flatMap((exchange) => openingIn(exchange) ?? []);
  const traffic: ClientTraffic = {
    exchanges,
    messages: exchanges.flatMap((exchange) =>
      exchange.sent.map((message, index) => ({
        exchange,
        message,
        path: message.batched ? `messages.${index}` : 'message',
      })),
    ),
    openings,
    openingOf: ({ startedAt }) => openings.findLast(({ doneAt }) => doneAt < startedAt),
    isGoverned: (exchange) => isOf(revision, traffic.openingOf(exchange)),
  };
  known.set(trace, traffic);
  return traffic;
}

/** The version that an opening agreed on, or null. */
export function agreedVersion({ result }: Opening): string | null {
  return isObject(result) && typeof result.protocolVersion === 'string' ? result.protocolVersion : null;
}

function isOf(revision: Revision, opening: Opening | undefined): boolean {
  return opening === undefined || agreedVersion(opening) === revision;
}

function openingIn(exchange: Exchange): Opening | null {
  const [only] = exchange.sent;
  const message = only?.value;
  if (exchange.sent.length !== 1 || !isObject(message) || message.method !== 'initialize') return null;
  const answer = exchange.payload.messages.find(({ value }) => isObject(value) && sameJson(value.id, message.id));
  if (!answer || !isObject(answer.value) || answer.value.result === undefined) return null;
  return {
    exchange,
    params: message.params,
    result: answer.value.result,
    session: headerValue(exchange.response?.headers ?? [], 'mcp-session-id'),
    doneAt: exchange.end?.at ?? answer.at,
  };
}
