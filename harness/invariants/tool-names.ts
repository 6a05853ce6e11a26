import type { Outcome } from '../judge/outcome.ts';
import { isObject } from '../wire/json-rpc.ts';
import { conversationOf } from './conversation.ts';
import type { Invariant, TraceView } from './invariant.ts';
import { type Page, pagesOf } from './listings.ts';
import { judged, sameJson, show } from './outcomes.ts';
import { targetMessages } from './target-messages.ts';

const REQUIRES = ['tools.name-charset', 'tools.name-no-special', 'tools.name-length', 'tools.name-unique'] as const;
const [CHARSET, NO_SPECIAL, LENGTH, UNIQUE] = REQUIRES;

/**
 * Names of tools (2025-11-25, tools, tool names). Two sentences there forbid the same characters: a breach is laid to
 * the one that lists what is allowed, and only what keeps it keeps the other.
 */
export const toolNames: Invariant = {
  id: 'invariant.tools.names',
  title: 'tool names have 1 to 128 allowed characters and differ',
  occasion: 'tools',
  requires: REQUIRES,
  judge: (view) =>
    pagesOf(view, 'tools/list', 'tools').flatMap((pages) => [
      ...pages.flatMap(judgePage),
      ...walksOf(pages).flatMap((walk) => judgeWalk(walk, view)),
    ]),
};

function judgePage({ exchange, items }: Page): Outcome[] {
  const names = namesIn(items);
  const odd = names.flatMap(({ name, path }) => {
    const character = [...name].find((one) => !/^[A-Za-z0-9_.-]$/.test(one));
    if (character === undefined) return [];
    const message = `the tool name ${show(name)} has the character ${show(character)}; letters, digits, _, - and . are allowed`;
    return [{ message, path, actual: name }];
  });
  const long = names.flatMap(({ name, path }) => {
    const { length } = [...name];
    if (length >= 1 && length <= 128) return [];
    return [
      { message: `the tool name ${show(name)} has ${length} characters; 1 to 128 are allowed`, path, actual: name },
    ];
  });
  return [
    ...judged(CHARSET, exchange, odd, names.length > 0),
    ...judged(NO_SPECIAL, exchange, [], names.length > 0 && !odd.length),
    ...judged(LENGTH, exchange, long, names.length > 0),
  ];
}

function namesIn(items: Page['items']): { name: string; path: string }[] {
  return items.flatMap(({ item: { name }, path }) =>
    typeof name === 'string' ? [{ name, path: `${path}.name` }] : [],
  );
}

/** The pages that belong to one reading of the list: a first page, and each that was asked for with the cursor before. */
function walksOf(pages: readonly Page[]): Page[][] {
  const walks: Page[][] = [];
  for (const page of pages) {
    if (page.cursor === null) walks.push([page]);
    else walks.findLast((walk) => walk.at(-1)?.nextCursor === page.cursor)?.push(page);
  }
  return walks;
}

function judgeWalk(walk: readonly Page[], view: TraceView): Outcome[] {
  const last = walk.at(-1);
  if (!last || isDisturbed(walk, view)) return [];
  const seen = new Set<string>();
  const twice = walk.flatMap(({ items }) =>
    namesIn(items).filter(({ name }) => {
      const known = seen.has(name);
      seen.add(name);
      return known;
    }),
  );
  const breaches = twice.map(({ name, path }) => {
    return { message: `two tools have the name ${show(name)}`, path, actual: name };
  });
  return judged(UNIQUE, last.exchange, breaches, seen.size > 1);
}

/** Whether the list changed under way, or a page came twice: then equal names do not show two tools. */
function isDisturbed(walk: readonly Page[], view: TraceView): boolean {
  if (walk.length < 2) return false;
  const [first, last] = [walk[0]?.exchange.startedAt ?? 0, walk.at(-1)?.exchange.end?.at ?? Number.POSITIVE_INFINITY];
  const changed = conversationOf(view).exchanges.some((exchange) =>
    targetMessages(exchange).some(
      ({ message: { at, value } }) =>
        at >= first && at <= last && isObject(value) && value.method === 'notifications/tools/list_changed',
    ),
  );
  return changed || walk.some((page, at) => walk.slice(0, at).some((other) => repeats(page, other)));
}

function repeats(a: Page, b: Page): boolean {
  return sameJson(
    a.items.map(({ item }) => item),
    b.items.map(({ item }) => item),
  );
}
