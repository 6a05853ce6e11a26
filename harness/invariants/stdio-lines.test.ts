import { describe, expect, it } from 'vitest';
import { traceOf } from '../judge/testing/trace-of.ts';
import { viewOf } from '../run/judge-invariant.ts';
import type { TraceEvent } from '../trace/trace.ts';
import { stdioLines } from './stdio-lines.ts';
import { stdioStderr } from './stdio-stderr.ts';

const MESSAGE = '{"jsonrpc":"2.0","id":1,"result":{}}';
const line = (text: string | Buffer, terminated = true): TraceEvent => ({
  kind: 'line',
  at: 10,
  client: 'a',
  bytes: Buffer.from(text),
  terminated,
});

function judged(invariant: typeof stdioLines, events: readonly TraceEvent[], revision: '2024-11-05' | '2025-11-25') {
  const { header } = traceOf([]);
  const trace = { header: { ...header, revision, transport: 'stdio' as const }, events };
  return invariant
    .judge(viewOf(trace))
    .map((one) => `${one.kind} ${one.requirement}${one.kind === 'broken' ? `: ${one.message}` : ''}`);
}
const lines = (...events: TraceEvent[]) => judged(stdioLines, events, '2025-11-25');

describe('standard output', () => {
  const kept = ['kept stdio.stdout-only-mcp', 'kept stdio.newline-framing'];

  it.each<[string, TraceEvent[], string[]]>([
    ['keeps the rules with a message a line', [line(MESSAGE)], kept],
    ['may have carriage returns', [line(`${MESSAGE}\r`)], kept],
    [
      'must not have anything else',
      [line('started')],
      ['broken stdio.stdout-only-mcp: a line of standard output is not a JSON-RPC message'],
    ],
    [
      'should not have blank lines',
      [line('')],
      ['broken stdio.stdout-only-mcp: a blank line stands on standard output'],
    ],
    [
      'must not begin with a byte order mark',
      [line(`\u{FEFF}${MESSAGE}`)],
      ['broken stdio.stdout-only-mcp: a byte order mark stands before a message'],
    ],
    [
      'must not spread a message over lines',
      [line('{"jsonrpc":"2.0",'), line('"id":1,"result":{}}')],
      ['kept stdio.stdout-only-mcp', 'broken stdio.newline-framing: one message stands on 2 lines'],
    ],
    [
      'must not have two messages on a line',
      [line(MESSAGE + MESSAGE)],
      ['kept stdio.stdout-only-mcp', 'broken stdio.newline-framing: 2 messages stand on one line'],
    ],
    [
      'must end its last line too',
      [line(MESSAGE, false)],
      ['kept stdio.stdout-only-mcp', 'broken stdio.newline-framing: no line feed ends the last message'],
    ],
  ])('%s', (_, events, expected) => {
    expect(lines(...events)).toEqual(expected);
  });

  it('is not blamed for a line that was cut off when the server was told to go', () => {
    const stop: TraceEvent = { kind: 'stop', at: 5, client: 'a', how: 'end-of-input' };
    expect(lines(stop, line('{"jsonrpc":', false))).toEqual([]);
  });

  it('leaves the encoding to its own rule, where there is one', () => {
    const latin1 = line(Buffer.from(MESSAGE.replace('{}', '{"a":"\xfc"}'), 'latin1'));
    expect(lines(latin1)).toEqual([]);
    expect(judged(stdioLines, [latin1], '2024-11-05')).toEqual([
      'broken stdio.stdout-only-mcp: a message is not valid UTF-8',
    ]);
  });
});

describe('standard error', () => {
  const said = (bytes: Buffer): TraceEvent => ({ kind: 'stderr', at: 1, client: 'a', bytes });
  const errors = (...chunks: Buffer[]) => judged(stdioStderr, chunks.map(said), '2025-11-25');

  it('may hold any text, cut anywhere', () => {
    const bytes = Buffer.from('ERROR: für\n');
    expect(errors(bytes.subarray(0, 9), bytes.subarray(9))).toEqual(['kept stdio.stderr-logging']);
    expect(errors()).toEqual([]);
  });

  it('is UTF-8', () => {
    expect(errors(Buffer.from('f\xfcr\n', 'latin1'))).toEqual([
      'broken stdio.stderr-logging: standard error is not valid UTF-8',
    ]);
  });
});
