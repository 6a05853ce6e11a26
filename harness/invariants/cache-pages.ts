import type { Json } from '../../spec/messages.ts';
import type { Outcome } from '../judge/outcome.ts';
import { isObject } from '../wire/json-rpc.ts';
import { type Call, conversationOf, resultOf } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { speaksRevision } from './negotiated.ts';
import { judged, show } from './outcomes.ts';

const RULE = 'cache.same-scope-pages';

/** Pages that follow each other by a cursor are pages of one list (2026-07-28, server/utilities/caching, "Interaction with Pagination"). */
export const cachePages: Invariant = {
  id: 'invariant.cache.pages',
  title: 'all pages of a list may be kept by the same caches',
  occasion: 'a list of several pages with caching hints',
  requires: [RULE],
  judge: (view) =>
    view.facts.era !== 'stateless'
      ? []
      : conversationOf(view).sessions.flatMap(({ calls }) => {
          const mine = calls.filter(({ exchange }) => speaksRevision(view, exchange));
          return mine.flatMap((call, index) => judgePage(call, mine.slice(0, index)));
        }),
};

function judgePage(call: Call, before: readonly Call[]): Outcome[] {
  const cursor = memberOf(call.params, 'cursor');
  const scope = memberOf(resultOf(call), 'cacheScope');
  if (typeof cursor !== 'string' || typeof scope !== 'string') return [];
  const previous = before.find((one) => one.method === call.method && memberOf(resultOf(one), 'nextCursor') === cursor);
  const other = previous && memberOf(resultOf(previous), 'cacheScope');
  if (typeof other !== 'string') return [];
  const message = `a page of ${call.method} has the cacheScope ${show(scope)}, the page before it ${show(other)}`;
  const breaches = scope === other ? [] : [{ message, path: 'result.cacheScope', actual: scope }];
  return judged(RULE, call.exchange, breaches, true);
}

function memberOf(value: Json | undefined, member: string): Json | undefined {
  return isObject(value) ? value[member] : undefined;
}
