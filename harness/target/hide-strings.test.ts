import { expect, it } from 'vitest';
import type { Json } from '../../spec/messages.ts';
import { hideStrings } from './hide-strings.ts';

const hide = (text: string) => text.replaceAll('1234', '[hidden]');

it('hides in strings and member names and leaves other values alone', () => {
  const value: Json = { x1234: ['a1234b', 12345, true, null, { deep: '1234' }] };
  expect(hideStrings(value, hide)).toEqual({ 'x[hidden]': ['a[hidden]b', 12345, true, null, { deep: '[hidden]' }] });
});

it('keeps a member that is called __proto__', () => {
  const value: Json = JSON.parse('{"__proto__": "1234"}');
  expect(JSON.stringify(hideStrings(value, hide))).toBe('{"__proto__":"[hidden]"}');
});

it('survives nesting that would exhaust the stack', () => {
  const value: Json = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
  expect(JSON.stringify(hideStrings(value, hide))).toContain('nested too deeply');
});
