import type { JsonObject } from '../../../spec/messages.ts';
import type { Exchange } from '../../trace/exchange.ts';
import type { Trace } from '../../trace/trace.ts';
import { isObject } from '../../wire/json-rpc.ts';
import { endpointExchanges } from './endpoint-exchanges.ts';
import { observeRequest } from './observe-request.ts';
import { select } from './select.ts';

/** What the survey saw of a client: what it does when all goes well, and what it says of itself. */
export interface ClientFacts {
  readonly listsTools: boolean;
  readonly callsTools: boolean;
  readonly followsPages: boolean;
  /** Whether it does what the context's actions say. */
  readonly takesActions: boolean;
  /** Whether it goes as far when every answer is an event stream. */
  readonly readsStreams: boolean;
  /** Whether it ends by itself. */
  readonly ends: boolean;
  /** The version that it offers in initialize. */
  readonly offers: string | null;
  readonly capabilities: JsonObject;
  readonly clientInfo: JsonObject | null;
}

/**
 * Reads the traces of the survey.
 *
 * @param trace the one that shows most: answered in a form that the client reads
 * @param streams the one in which every answer was an event stream
 */
export function factsFrom(trace: Trace, streams: Trace): ClientFacts {
  const exchanges = endpointExchanges(trace);
  const lists = select('tools/list', exchanges);
  const [opening] = select('initialize', exchanges);
  const params = opening ? paramsOf(opening) : {};
  const run = trace.header.variables.run;
  return {
    listsTools: lists.length > 0,
    callsTools: select('tools/call', exchanges).length > 0,
    followsPages: lists.some((exchange) => paramsOf(exchange).cursor !== undefined),
    takesActions: select('ping', exchanges).length > 0,
    readsStreams: goesAsFar(streams, trace),
    ends: isObject(run) && run.how === 'exit',
    offers: typeof params.protocolVersion === 'string' ? params.protocolVersion : null,
    capabilities: isObject(params.capabilities) ? params.capabilities : {},
    clientInfo: isObject(params.clientInfo) ? params.clientInfo : null,
  };
}

function paramsOf(exchange: Exchange): JsonObject {
  const { params } = observeRequest(exchange);
  return isObject(params) ? params : {};
}

/** Whether the client took the answer to initialize for a beginning. */
export function goesOn(trace: Trace): boolean {
  return select({ http: ['POST', 'GET'], after: 'initialize' }, endpointExchanges(trace)).length > 0;
}

function goesAsFar(one: Trace, other: Trace): boolean {
  const calls = (trace: Trace) => select('tools/call', endpointExchanges(trace)).length > 0;
  return goesOn(one) && (calls(one) || !calls(other));
}
