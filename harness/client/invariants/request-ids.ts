import type { Json } from '../../../spec/messages.ts';
import type { Invariant } from '../../invariants/invariant.ts';
import { judged, show } from '../../invariants/outcomes.ts';
import type { Exchange } from '../../trace/exchange.ts';
import { headerValue } from '../../wire/headers.ts';
import { carriesInitialize } from '../judge/endpoint-exchanges.ts';
import { clientTraffic } from './client-traffic.ts';

/** Ids of requests within a session (basic, requests). The initialize request belongs to the session that it opens. */
export const requestIds: Invariant = {
  id: 'invariant.client.request-ids',
  title: 'no request id is used twice in a session',
  occasion: 'requests of the client',
  requires: ['jsonrpc.request.id-unique-session'],
  judge: (view) => {
    const { exchanges, messages } = clientTraffic(view);
    const sessions = sessionsOf(exchanges);
    const used = new Map<string, Exchange>();
    return messages.flatMap(({ exchange, message: { envelope }, path }) => {
      if (envelope.kind !== 'request') return [];
      const key = `${sessions.get(exchange)} ${typeof envelope.id} ${envelope.id}`;
      const before = used.get(key);
      used.set(key, exchange);
      // what never got an answer may have been sent again
      const again = before !== undefined && before.response !== null;
      const breaches = again ? [repeated(envelope.id, path)] : [];
      return judged('jsonrpc.request.id-unique-session', exchange, breaches, used.size > 1);
    });
  },
};

function repeated(id: Json, path: string) {
  return { message: `the id ${show(id)} was used before in this session`, path: `${path}.id`, actual: id };
}

/** A name for the session of each exchange: its session id, or the initialize request that came last. */
function sessionsOf(exchanges: readonly Exchange[]): Map<Exchange, string> {
  let opened = 'before';
  const names = new Map<string, string>();
  return new Map(
    exchanges.map((exchange) => {
      if (carriesInitialize(exchange)) {
        opened = `opened by ${exchange.id}`;
        const issued = headerValue(exchange.response?.headers ?? [], 'mcp-session-id');
        if (issued !== null) names.set(issued, opened);
        return [exchange, opened];
      }
      const sent = headerValue(exchange.requestHeaders, 'mcp-session-id');
      return [exchange, (sent === null ? undefined : names.get(sent)) ?? opened];
    }),
  );
}
