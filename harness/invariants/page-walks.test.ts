import { describe } from 'vitest';
import { pageWalks } from './page-walks.ts';
import { opened, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const RULE = 'page.stable-cursors';
const open = opened({ revision: '2025-11-25', session: 's' });
const page = (cursor: string | null, names: string[], nextCursor?: string): WrittenExchange => ({
  session: 's',
  sent: request(1, 'resources/list', cursor === null ? {} : { cursor }),
  json: result(1, {
    resources: names.map((name) => ({ name, uri: `a://${name}` })),
    ...(nextCursor === undefined ? {} : { nextCursor }),
  }),
});

describe('the pages of a list', () => {
  holdsAgainst(pageWalks, [
    {
      shows: 'that they lead on',
      exchanges: [open, page(null, ['a'], '1'), page('1', ['b'], '2'), page('2', ['c'])],
      says: [`kept ${RULE} #3`, `kept ${RULE} #4`],
    },
    {
      shows: 'that a page asked for twice is the same page',
      exchanges: [open, page(null, ['a'], '1'), page('1', ['b'], '2'), page('1', ['b'], '2')],
      says: [`kept ${RULE} #3`, `kept ${RULE} #4`],
    },
    {
      shows: 'a cursor that leads to its own page',
      exchanges: [open, page(null, ['a'], '1'), page('1', ['a'], '1')],
      says: [`broken ${RULE} #3`],
    },
    {
      shows: 'a cursor that leads back',
      exchanges: [open, page(null, ['a'], '1'), page('1', ['b'], '2'), page('2', ['c'], '1')],
      says: [`kept ${RULE} #3`, `broken ${RULE} #4`],
    },
    {
      shows: 'an entry that comes twice',
      exchanges: [open, page(null, ['a', 'b'], '1'), page('1', ['b', 'c'])],
      says: [`broken ${RULE} #3`],
    },
    { shows: 'nothing on a single page', exchanges: [open, page(null, ['a'])], says: [] },
  ]);
});
