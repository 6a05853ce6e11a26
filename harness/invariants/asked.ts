import type { Json, JsonObject } from '../../spec/messages.ts';
import type { Exchange } from '../trace/exchange.ts';
import { isObject } from '../wire/json-rpc.ts';
import { type Call, conversationOf, resultOf } from './conversation.ts';
import type { TraceView } from './invariant.ts';
import { serverRequests } from './jsonrpc-server-requests.ts';
import { clientCapabilities, speaksRevision } from './negotiated.ts';
import { isAccepted } from './target-messages.ts';

/** What a server asked of its client. */
export interface Asked {
  readonly method: string;
  readonly params: JsonObject;
  readonly exchange: Exchange;
  /** The place of the params in the observation of the exchange. */
  readonly path: string;
  /** The capabilities that the client had declared. */
  readonly declared: JsonObject;
}

/**
 * The questions of a server to its client, session by session: its requests or, in the stateless era, what the results ask
 * that say that input is required. Left out is what was asked of clients that are not known to have declared anything.
 */
export function askedIn(view: TraceView): Asked[][] {
  return conversationOf(view).sessions.map((session) =>
    view.facts.era === 'stateless'
      ? session.calls.flatMap((call) => askedByResult(call, view))
      : serverRequests(session).flatMap(({ said: { message, exchange, path }, method, params }) => {
          const declared = clientCapabilities(session, message.at);
          if (!declared || !speaksRevision(view, exchange)) return [];
          return [{ method, params: isObject(params) ? params : {}, exchange, path: `${path}.params`, declared }];
        }),
  );
}

function askedByResult(call: Call, view: TraceView): Asked[] {
  const { exchange } = call;
  const result = resultOf(call);
  const declared = capabilitiesIn(call.params);
  if (!declared || !isObject(result) || !isAccepted(exchange) || !speaksRevision(view, exchange)) return [];
  if (result.resultType !== 'input_required' || !isObject(result.inputRequests)) return [];
  return Object.entries(result.inputRequests).flatMap(([key, value]) =>
    isObject(value) && typeof value.method === 'string'
      ? [
          {
            method: value.method,
            params: isObject(value.params) ? value.params : {},
            exchange,
            path: `result.inputRequests.${key}.params`,
            declared,
          },
        ]
      : [],
  );
}

/** The capabilities that a request of the stateless era names, or null where it names none. */
export function capabilitiesIn(params: Json | undefined): JsonObject | null {
  const meta = isObject(params) && isObject(params._meta) ? params._meta : {};
  const declared = meta['io.modelcontextprotocol/clientCapabilities'];
  return isObject(declared) ? declared : null;
}
