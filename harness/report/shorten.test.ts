import { expect, it } from 'vitest';
import type { Json } from '../../spec/messages.ts';
import { shorten } from './shorten.ts';

it('keeps short values as they are, with their types', () => {
  const value: Json = { id: 1003, text: '1003', none: null, list: [true, { deep: 1.5 }] };
  expect(shorten(value)).toEqual(value);
});

it('cuts long strings, lists and objects and says how long they were', () => {
  expect(shorten('x'.repeat(700))).toBe(`${'x'.repeat(500)}... (700 characters)`);
  expect(shorten(Array.from({ length: 30 }, (_, at) => at))).toEqual([
    ...Array.from({ length: 20 }, (_, at) => at),
    '... (30 items)',
  ]);
  const wide = Object.fromEntries(Array.from({ length: 21 }, (_, at) => [`m${at}`, at]));
  expect(shorten(wide)).toMatchObject({ m0: 0, m19: 19, '...': '21 members' });
  expect(shorten(wide)).not.toHaveProperty('m20');
});

it('cuts deep nesting', () => {
  const deep: Json = [[[[[[['bottom']]]]]]];
  expect(JSON.stringify(shorten(deep))).toBe('[[[[[["... (1 items)"]]]]]]'.replace('[[[[[["', '[[[[[[["').replace('"]]]]]]', '"]]]]]]]'));
  expect(shorten({ a: { b: { c: { d: { e: { f: { g: 1 } } } } } } })).toEqual({
    a: { b: { c: { d: { e: { f: { '...': '1 members' } } } } } },
  });
});
