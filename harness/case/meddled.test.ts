import { expect, it } from 'vitest';
import { meddled } from './meddled.ts';

const state = (name: string) => JSON.stringify({ name, more: '>>>???ü' });

it.each([
  ['plain', (text: string) => text],
  ['in Base64', (text: string) => Buffer.from(text).toString('base64')],
  ['in Base64 for URLs, with a seal', (text: string) => `${Buffer.from(text).toString('base64url')}.c2VhbHNlYWxzZWFs`],
])('a mark %s is exchanged', (_, written) => {
  expect(meddled(written(state('assay-mark-a')))).toBe(written(state('assay-mark-b')));
});

it('finds nothing where there is no mark', () => {
  expect(meddled(Buffer.from('something else altogether').toString('base64'))).toBeUndefined();
});
