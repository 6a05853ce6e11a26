import type { Json, JsonObject } from '../../spec/messages.ts';
import type { Exchange } from '../trace/exchange.ts';
import { headerValue } from '../wire/headers.ts';
import { isObject } from '../wire/json-rpc.ts';
import { callsIn, conversationOf, type Opening, type Session } from './conversation.ts';
import type { TraceView } from './invariant.ts';

/** The last opening of a session before a moment, in milliseconds since the trace began. */
export function openingBefore(session: Session, at: number): Opening | undefined {
  return session.openings.findLast(({ exchange }) => exchange.startedAt <= at);
}

/** The capabilities that the target declared in a session, or null where that is not known. */
export function serverCapabilities(session: Session, at: number): JsonObject | null {
  const result = openingBefore(session, at)?.result;
  return isObject(result) && isObject(result.capabilities) ? result.capabilities : null;
}

/** The capabilities that the harness declared in a session, or null where that is not known. */
export function clientCapabilities(session: Session, at: number): JsonObject | null {
  const params = openingBefore(session, at)?.params;
  return isObject(params) && isObject(params.capabilities) ? params.capabilities : null;
}

/** Whether capabilities declare one, such as `tools.listChanged`: present and neither false nor null. */
export function declares(capabilities: JsonObject, path: string): boolean {
  let value: unknown = capabilities;
  for (const part of path.split('.')) value = isObject(value) ? value[part] : undefined;
  return value !== undefined && value !== null && value !== false;
}

/**
 * Whether an exchange surely speaks the revision that the trace is judged by: its session negotiated that one and it
 * does not itself say otherwise. Cases speak others on purpose, and what those allow is no breach.
 */
export function speaksRevision(view: TraceView, exchange: Exchange): boolean {
  const said = known.get(view.trace) ?? new Map<Exchange, boolean>();
  known.set(view.trace, said);
  const before = said.get(exchange);
  if (before !== undefined) return before;
  const speaks = saysRevision(view, exchange);
  said.set(exchange, speaks);
  return speaks;
}

const known = new WeakMap<TraceView['trace'], Map<Exchange, boolean>>();

function saysRevision(view: TraceView, exchange: Exchange): boolean {
  const { revision, facts, trace } = view;
  if (facts.era === 'stateful') {
    const opening = openingBefore(conversationOf(view).sessionOf(exchange), exchange.startedAt);
    if (!isObject(opening?.result) || opening.result.protocolVersion !== revision) return false;
    if (opening.exchange === exchange) return isObject(opening.params) && opening.params.protocolVersion === revision;
  } else if (!callsIn(exchange).every(({ params }) => versionIn(params) === revision)) return false;
  if (trace.header.transport !== 'streamable-http' || !facts.versionHeader) return true;
  return headerValue(exchange.requestHeaders, facts.versionHeader) === revision;
}

/** The revision that a request of the stateless era names (2026-07-28, basic, per-request protocol fields). */
function versionIn(params: Json | undefined): Json | undefined {
  const meta = isObject(params) ? params._meta : undefined;
  return isObject(meta) ? meta['io.modelcontextprotocol/protocolVersion'] : undefined;
}
