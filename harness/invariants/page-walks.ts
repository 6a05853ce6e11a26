import type { Outcome } from '../judge/outcome.ts';
import type { Invariant } from './invariant.ts';
import { type Page, pagesOf } from './listings.ts';
import { type Breach, judged, sameJson, show } from './outcomes.ts';

const RULE = 'page.stable-cursors';
const LISTS = [
  ['tools/list', 'tools'],
  ['prompts/list', 'prompts'],
  ['resources/list', 'resources'],
  ['resources/templates/list', 'resourceTemplates'],
] as const;

/** Who follows the cursors of a list comes to its end, and meets nothing twice on the way. */
export const pageWalks: Invariant = {
  id: 'invariant.pages.walks',
  title: 'the cursors of a list lead on, page by page, and no page repeats the one before',
  occasion: 'a list of several pages',
  requires: [RULE],
  judge: (view) =>
    LISTS.flatMap(([method, member]) => pagesOf(view, method, member).flatMap((pages) => judgeWalk(pages))),
};

function judgeWalk(pages: readonly Page[]): Outcome[] {
  return pages.flatMap((page, at) => {
    const before =
      page.cursor === null ? undefined : pages.slice(0, at).findLast((one) => one.nextCursor === page.cursor);
    if (!before) return [];
    return judged(RULE, page.exchange, [...backwards(page, pages.slice(0, at)), ...repeated(page, before)], true);
  });
}

/** Cursors that lead back to a page which the client came from. */
function backwards(page: Page, earlier: readonly Page[]): Breach[] {
  if (page.nextCursor === null) return [];
  const passed = new Set<string>();
  let here: Page | undefined = page;
  while (here?.cursor != null && !passed.has(here.cursor)) {
    passed.add(here.cursor);
    const { cursor }: Page = here;
    here = earlier.findLast((one) => one.nextCursor === cursor);
  }
  if (!passed.has(page.nextCursor)) return [];
  const message = `the cursor ${show(page.nextCursor)} leads back to a page that was given before: the list has no end`;
  return [{ message, path: 'result.nextCursor', actual: page.nextCursor }];
}

function repeated(page: Page, before: Page): Breach[] {
  const [first] = page.items;
  const last = before.items.at(-1);
  if (!first || !last || page.nextCursor === page.cursor || !sameJson(first.item, last.item)) return [];
  const message = 'the first entry of a page is the last of the page before';
  return [{ message, path: first.path, actual: first.item }];
}
