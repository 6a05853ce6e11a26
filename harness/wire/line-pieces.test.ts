import { expect, it } from 'vitest';
import { piecesOf } from './line-pieces.ts';

const a = { jsonrpc: '2.0', id: 1, result: {} };
const b = { jsonrpc: '2.0', method: 'notifications/message', params: { data: ['x', {}] } };
const [A, B] = [JSON.stringify(a), JSON.stringify(b)];

/** What is read in a text: of each piece how many lines it has, its messages and its fault. */
const read = (text: string | Buffer) =>
  piecesOf(
    Buffer.from(text)
      .toString('latin1')
      .split('\n')
      .map((line) => ({ bytes: Buffer.from(line, 'latin1') })),
  ).map(({ lines, values, fault }) => [lines.length, values, fault]);

it.each<[string, string | Buffer, unknown]>([
  [
    'a message a line',
    `${A}\n${B}`,
    [
      [1, [a], null],
      [1, [b], null],
    ],
  ],
  ['a batch', `[${A},${B}]`, [[1, [[a, b]], null]]],
  ['a carriage return, which is space in JSON', `${A}\r`, [[1, [a], null]]],
  ['an empty line', '', [[1, [], null]]],
  [
    'a log line',
    `[info] started\n${A}`,
    [
      [1, [], null],
      [1, [a], null],
    ],
  ],
  [
    'a log line before a batch',
    `[info] started\n[${A},${B}]`,
    [
      [1, [], null],
      [1, [[a, b]], null],
    ],
  ],
  ['a log line that is JSON', '{"level":30,"msg":"started"}', [[1, [], null]]],
  ['a value that is no message', '5', [[1, [], null]]],
  ['a byte order mark', `\u{FEFF}${A}`, [[1, [a], 'byte-order-mark']]],
  [
    'a message of several lines',
    `${JSON.stringify(b, null, 2)}\n${A}`,
    [
      [10, [b], 'on-several-lines'],
      [1, [a], null],
    ],
  ],
  ['a line feed in a string', A.replace('2.0', 'x\ny'), [[2, [{ ...a, jsonrpc: 'x\ny' }], 'on-several-lines']]],
  ['several messages on a line', `${A} ${B}`, [[1, [a, b], 'on-one-line']]],
  ['a message and something else on a line', `${A} done`, [[1, [], null]]],
  [
    'a message whose end never comes',
    `{"jsonrpc":\n${A}`,
    [
      [1, [], null],
      [1, [a], null],
    ],
  ],
  ['a message in another encoding', Buffer.from('{"id":"\xfc"}', 'latin1'), [[1, [{ id: '\u{FFFD}' }], 'not-utf-8']]],
])('%s', (_, text, expected) => {
  expect(read(text)).toEqual(expected);
});

it('a flood that begins like a message is not kept for ever', () => {
  const pieces = read(`{\n${'x\n'.repeat(30_000)}${A}`);
  expect(pieces.at(-1)).toEqual([1, [a], null]);
  expect(pieces).toHaveLength(30_002);
});
