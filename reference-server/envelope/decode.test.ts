import { describe, expect, it } from 'vitest';
import { decode, MAX_BATCH_LENGTH } from './decode.ts';
import { encode, invalidMessage } from './encode.ts';
import { ErrorCode, failure, quoted } from './error.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const ping = '{"jsonrpc":"2.0","id":1,"method":"ping"}';
const note = '{"jsonrpc":"2.0","method":"x"}';
const response = '{"jsonrpc":"2.0","id":1,"result":{}}';

describe('a body', () => {
  it.each([
    ['one message', ping],
    ['with white space around it', ` \r\n\t${ping}\n`],
    ['with a byte order mark', `\ufeff${ping}`],
  ])('%s', (_name, text) => {
    expect(decode(bytes(text), '2025-11-25')).toMatchObject({ kind: 'one', incoming: { kind: 'request' } });
  });

  it.each([
    ['invalid UTF-8', Uint8Array.of(0x22, 0xc3, 0x28, 0x22)],
    ['UTF-16', new Uint8Array(Buffer.from(ping, 'utf16le'))],
    ['nothing', bytes('')],
    ['malformed JSON', bytes('{"jsonrpc":')],
    ['two values', bytes(`${ping}\n${ping}`)],
    ['a trailing comma', bytes('[1,]')],
    ['a number JSON does not know', bytes('NaN')],
  ])('of %s is a parse error', (_name, body) => {
    expect(decode(body, '2025-03-26')).toMatchObject({ kind: 'undecodable', code: -32700 });
  });

  it('may be nested ten thousand deep', () => {
    const deep = `${'['.repeat(10_000)}${']'.repeat(10_000)}`;
    const message = `{"jsonrpc":"2.0","id":1,"method":"x","params":{"deep":${deep}}}`;
    expect(decode(bytes(message), '2025-11-25')).toMatchObject({ kind: 'one', incoming: { kind: 'request' } });
    expect(decode(bytes(deep), '2025-03-26')).toMatchObject({ kind: 'batch', incoming: [{ kind: 'invalid' }] });
  });
});

describe('a batch', () => {
  it('of 2025-03-26 is read element by element', () => {
    const decoded = decode(bytes(`[${ping},${note},5]`), '2025-03-26');
    expect(decoded).toMatchObject({
      kind: 'batch',
      incoming: [{ kind: 'request' }, { kind: 'notification' }, { kind: 'invalid' }],
    });
  });

  it('may hold responses only', () => {
    expect(decode(bytes(`[${response},${response}]`), '2025-03-26')).toMatchObject({ kind: 'batch' });
  });

  it.each([
    ['empty', '[]'],
    ['longer than the limit', `[${Array(MAX_BATCH_LENGTH + 1).fill(note)}]`],
    ['with initialize', '[{"jsonrpc":"2.0","id":1,"method":"initialize"}]'],
    ['of responses and requests', `[${response},${ping}]`],
  ])('%s is refused', (_name, text) => {
    expect(decode(bytes(text), '2025-03-26')).toMatchObject({ kind: 'undecodable', code: -32600 });
  });

  it.each(['2025-06-18', '2025-11-25'] as const)('is refused in %s', (revision) => {
    const decoded = decode(bytes(`[${ping}]`), revision);
    expect(decoded).toMatchObject({ kind: 'undecodable', code: -32600, problem: expect.stringContaining(revision) });
  });
});

describe('an error for what was no message', () => {
  it.each([
    ['2025-03-26', { jsonrpc: '2.0', id: null, error: { code: -32600, message: 'No.' } }],
    ['2025-06-18', { jsonrpc: '2.0', id: null, error: { code: -32600, message: 'No.' } }],
    ['2025-11-25', { jsonrpc: '2.0', error: { code: -32600, message: 'No.' } }],
  ] as const)('says in the way of %s that there was no id', (revision, expected) => {
    expect(JSON.parse(encode(invalidMessage(null, 'No.', revision)))).toEqual(expected);
  });

  it('names the id if there was one, and has none if nothing waits for it', () => {
    expect(invalidMessage('a', 'No.', '2025-11-25')).toMatchObject({ id: 'a' });
    expect(invalidMessage(undefined, 'No.', '2025-03-26')).not.toHaveProperty('id');
  });
});

it('writes an error with data only if there is data', () => {
  expect(failure(1, ErrorCode.internalError, 'No.')).toEqual({
    jsonrpc: '2.0',
    id: 1,
    error: { code: -32603, message: 'No.' },
  });
  expect(failure(1, ErrorCode.internalError, 'No.', null)).toHaveProperty('error.data', null);
});

it('repeats text of a peer in quotes, escaped and not at length', () => {
  expect(quoted('a"\n')).toBe(String.raw`"a\"\n"`);
  expect(quoted('x'.repeat(1000)).length).toBeLessThan(100);
});
