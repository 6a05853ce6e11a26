import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCursor, encodeCursor, pageOf } from './pagination.ts';

const key = Buffer.alloc(32, 1);
const paging = { encodeCursor, decodeCursor };
const items = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name }));
const page = (size: number, cursor?: string, list = 'tools/list') => pageOf(items, { list, key, size, cursor }, paging);

function walk(size: number): string[][] {
  const pages: string[][] = [];
  let cursor: string | undefined;
  do {
    const one = page(size, cursor);
    pages.push(one.items.map(({ name }) => name));
    cursor = one.nextCursor;
  } while (cursor !== undefined && pages.length < 100);
  return pages;
}

describe('a list in pages', () => {
  it.each([
    [1, [['a'], ['b'], ['c'], ['d'], ['e']]],
    [2, [['a', 'b'], ['c', 'd'], ['e']]],
    [4, [['a', 'b', 'c', 'd'], ['e']]],
    [5, [['a', 'b', 'c', 'd', 'e']]],
    [6, [['a', 'b', 'c', 'd', 'e']]],
  ])('of %i is whole, without a cursor after the last', (size, pages) => {
    expect(walk(size)).toEqual(pages);
  });

  it('of nothing has one empty page', () => {
    expect(pageOf([], { list: 'x', key, size: 3, cursor: undefined }, paging)).toEqual({ items: [] });
  });
});

describe('a cursor', () => {
  const cursor = page(2).nextCursor ?? '';

  it('stays valid', () => {
    expect([1, 2, 3].map(() => page(2, cursor).items.at(0)?.name)).toEqual(['c', 'c', 'c']);
  });

  it.each([
    ['empty', ''],
    ['rubbish', 'bogus!!'],
    ['with rubbish after it', `${cursor}!`],
    ['cut short', cursor.slice(0, -1)],
    ['changed', (cursor.startsWith('A') ? 'B' : 'A') + cursor.slice(1)],
    ['of another list', encodeCursor(key, 'prompts/list', 'b')],
    ['of another server', encodeCursor(Buffer.alloc(32, 2), 'tools/list', 'b')],
    ['of an item that is no more', encodeCursor(key, 'tools/list', 'z')],
  ])('that is %s is refused', (_name, bad) => {
    expect(() => page(2, bad)).toThrow(expect.objectContaining({ code: -32602 }));
  });

  it('is refused, whatever a client makes up', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String()), (made) => {
        expect(decodeCursor(key, 'tools/list', made)).toBeUndefined();
      }),
    );
  });
});
