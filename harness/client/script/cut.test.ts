import { expect, it } from 'vitest';
import { cutBytes } from './cut.ts';
import type { Cut } from './server-script.ts';

const text = 'aü\r\n🔍';

it.each<[Cut, number[]]>([
  ['whole', [9]],
  ['events', [9]],
  ['bytes', [1, 1, 1, 1, 1, 1, 1, 1, 1]],
  ['characters', [2, 4, 1, 1, 1]],
  [{ after: '\r' }, [4, 5]],
  [{ after: 'ü\r\n' }, [5, 4]],
  [{ after: 'nothing' }, [9]],
])('cuts at %j', (cut, sizes) => {
  const pieces = cutBytes(Buffer.from(text), cut);
  expect(pieces.map(({ length }) => length)).toEqual(sizes);
  expect(Buffer.concat(pieces).toString()).toBe(text);
});

it('cuts nothing into nothing', () => {
  expect(cutBytes(new Uint8Array(), 'whole')).toEqual([]);
  expect(cutBytes(new Uint8Array(), 'bytes')).toEqual([]);
});
