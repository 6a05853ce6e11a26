import { expect, it } from 'vitest';
import type { Json } from '../../spec/messages.ts';
import { inShort } from './in-short.ts';

it.each([
  [1003, '1003'],
  ['1003', '"1003"'],
  [null, 'null'],
  [{ a: [1] }, '{"a":[1]}'],
])('shows %j with its type', (value, expected) => {
  expect(inShort(value, 20)).toBe(expected);
});

it('cuts what is longer than it may be', () => {
  expect(inShort('x'.repeat(18), 20)).toBe(`"${'x'.repeat(18)}"`);
  expect(inShort('x'.repeat(19), 20)).toBe(`"${'x'.repeat(16)}...`);
});

it('survives nesting that would exhaust the stack', () => {
  const value: Json = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
  expect(inShort(value, 100)).toBe('... (nested too deeply)');
});
