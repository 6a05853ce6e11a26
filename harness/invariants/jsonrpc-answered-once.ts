import { isResponse } from '../judge/observation.ts';
import type { Outcome } from '../judge/outcome.ts';
import type { Exchange } from '../trace/exchange.ts';
import { isObject } from '../wire/json-rpc.ts';
import { type Call, callsIn, conversationOf } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { type Breach, judged, sameJson, show, textOf } from './outcomes.ts';
import { targetMessages } from './target-messages.ts';

/** JSON-RPC 2.0, section 5: a call is replied to with a response, one. Copies on other streams have rules of their own. */
export const jsonRpcAnsweredOnce: Invariant = {
  id: 'invariant.jsonrpc.answered-once',
  title: 'a request is answered once',
  occasion: 'an answer to a request',
  requires: ['jsonrpc.follows-2.0'],
  judge: (view) =>
    conversationOf(view).sessions.flatMap(({ exchanges, calls: all }) => {
      // where all answers come on one stream they are counted over the session
      const perExchange = view.trace.header.transport === 'streamable-http';
      const answered = new Map<string, number>();
      return exchanges.flatMap((exchange) => {
        if (perExchange) answered.clear();
        return judgeExchange(exchange, perExchange ? callsIn(exchange) : all, answered);
      });
    }),
};

function judgeExchange(exchange: Exchange, calls: readonly Call[], answered: Map<string, number>): Outcome[] {
  const responses = targetMessages(exchange).flatMap(({ message, path }) =>
    isResponse(message) && isObject(message.value) ? [{ id: message.value.id ?? null, path }] : [],
  );
  const breaches: Breach[] = [];
  for (const { id, path } of responses) {
    // by null a server answers whatever it could not read, a request with the id null among others
    if (id === null) continue;
    const due = calls.filter((call) => sameJson(call.id, id)).length;
    const key = textOf(id);
    answered.set(key, (answered.get(key) ?? 0) + 1);
    if (due === 0 || (answered.get(key) ?? 0) <= due) continue;
    breaches.push({ message: `the request with the id ${show(id)} is answered a second time`, path, actual: id });
  }
  const occasion = responses.some(({ id }) => calls.some((call) => sameJson(call.id, id)));
  return judged('jsonrpc.follows-2.0', exchange, breaches, occasion);
}
