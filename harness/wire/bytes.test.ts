import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seed } from '../../fixtures/seed.ts';
import { decodeBytes, encodeBytes, joinBytes, lenientUtf8, strictUtf8 } from './bytes.ts';

describe('bytes in a trace file', () => {
  it.each([
    ['nothing', '', { text: '' }],
    ['text', 'aä日🔍', { text: 'aä日🔍' }],
    ['line ends and NUL', '\r\n\u0000', { text: '\r\n\u0000' }],
    ['a byte order mark', '\ufeffa', { text: '\ufeffa' }],
  ])('%s stays text', (_, text, expected) => {
    expect(encodeBytes(Buffer.from(text))).toEqual(expected);
  });

  it('what is not UTF-8 becomes base64', () => {
    expect(encodeBytes(Uint8Array.of(0x61, 0xff))).toEqual({ base64: 'Yf8=' });
  });

  it('come back as they were, written as JSON too', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
        ),
        (bytes) => {
          const written = JSON.stringify(encodeBytes(bytes));
          expect([...decodeBytes(JSON.parse(written))]).toEqual([...bytes]);
        },
      ),
      { seed },
    );
  });
});

describe('UTF-8', () => {
  const wrong = [
    ['a stray byte', [0xff], '\ufffd'],
    ['a cut character', [0xe6, 0x97], '\ufffd'],
    ['a surrogate half', [0xed, 0xa0, 0x80], '\ufffd\ufffd\ufffd'],
    ['an overlong form', [0xc0, 0xaf], '\ufffd\ufffd'],
  ] as const;
  it.each(wrong)('%s: null to the strict, replacement characters to the lenient', (_, bytes, lenient) => {
    expect(strictUtf8(Uint8Array.from(bytes))).toBeNull();
    expect(lenientUtf8(Uint8Array.from(bytes))).toBe(lenient);
  });

  it('reads each text anew: nothing is left of the one before', () => {
    expect(strictUtf8(Uint8Array.of(0xe6, 0x97))).toBeNull();
    expect(strictUtf8(Buffer.from('a'))).toBe('a');
    expect(lenientUtf8(Uint8Array.of(0xe6))).toBe('\ufffd');
    expect(lenientUtf8(Buffer.from('a'))).toBe('a');
  });

  it('keeps a byte order mark', () => {
    const marked = Buffer.from('\ufeffa');
    expect([strictUtf8(marked), lenientUtf8(marked)]).toEqual(['\ufeffa', '\ufeffa']);
  });
});

it.each([
  [[], ''],
  [['a'], 'a'],
  [['a', '', 'b', 'c'], 'abc'],
])('joins %j', (pieces, whole) => {
  expect(lenientUtf8(joinBytes(pieces.map((piece) => Buffer.from(piece))))).toBe(whole);
});
