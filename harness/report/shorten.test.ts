import { expect, it } from 'vitest';
import type { Json } from '../../spec/messages.ts';
import { shorten } from './shorten.ts';

const asIs = (text: string) => text;

it('keeps short values as they are, with their types', () => {
  const value: Json = { id: 1003, text: '1003', none: null, list: [true, { deep: 1.5 }] };
  expect(shorten(value, asIs)).toEqual(value);
});

it('hides secrets in strings and member names, and touches no number', () => {
  const hide = (text: string) => text.replaceAll('1234', '[hidden]');
  expect(shorten({ a1234: ['1234', 1234] }, hide)).toEqual({ 'a[hidden]': ['[hidden]', 1234] });
});

it('cuts long strings, lists and objects and says how long they were', () => {
  const numbers = Array.from({ length: 30 }, (_, at) => at);
  expect(shorten('x'.repeat(700), asIs)).toBe(`${'x'.repeat(500)}... (700 characters)`);
  expect(shorten(numbers, asIs)).toEqual([...numbers.slice(0, 20), '... (30 items)']);
  const wide = Object.fromEntries(numbers.slice(0, 21).map((at) => [`m${at}`, at]));
  expect(shorten(wide, asIs)).toMatchObject({ m0: 0, m19: 19, '...': '21 members' });
  expect(shorten(wide, asIs)).not.toHaveProperty('m20');
});

it('cuts deep nesting, however deep', () => {
  const deep: Json = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
  expect(JSON.stringify(shorten(deep, asIs))).toBe('[[[[[[["... (1 items)"]]]]]]]');
  expect(shorten({ a: { b: { c: { d: { e: { f: { g: 1 } } } } } } }, asIs)).toEqual({
    a: { b: { c: { d: { e: { f: { '...': '1 members' } } } } } },
  });
});
