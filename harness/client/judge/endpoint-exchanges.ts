import { type Exchange, exchangesOf } from '../../trace/exchange.ts';
import type { Trace } from '../../trace/trace.ts';
import { isObject } from '../../wire/json-rpc.ts';
import { isStateless } from '../script/arrived.ts';

/**
 * The exchanges of a trace that the stateful revisions speak of: those with the MCP endpoint (not with addresses of
 * authorization metadata), but for requests of 2026-07-28, by which a client of both eras finds out whom it speaks to.
 */
export function endpointExchanges(trace: Trace): readonly Exchange[] {
  const all = exchangesOf(trace);
  const endpoint = all.find(carriesInitialize)?.url ?? all[0]?.url;
  return all.filter(({ url, sent }) => url === endpoint && !sent.some(({ value }) => isStateless(value)));
}

/** Whether a message of an exchange is an initialize request. */
export function carriesInitialize({ sent }: Exchange): boolean {
  return sent.some(({ value }) => isObject(value) && value.method === 'initialize');
}
