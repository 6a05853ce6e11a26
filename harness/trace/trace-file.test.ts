import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DataFileError } from '../../spec/data-file.ts';
import { hider } from '../target/target.ts';
import type { Trace } from './trace.ts';
import { readTraces, writeTraces } from './trace-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-trace-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'trace.jsonl');
const asIs = (text: string) => text;
const bytes = (...values: (string | number[])[]) => Buffer.concat(values.map((value) => Buffer.from(value as string)));

function traceOf(events: Trace['events'], changes: Partial<Trace['header']> = {}): Trace {
  const header: Trace['header'] = {
    version: 1,
    case: 'ping.answered',
    side: 'server',
    revision: '2025-11-25',
    transport: 'streamable-http',
    target: 'http://127.0.0.1:1/mcp',
    startedAt: '2026-11-20T10:00:00.000Z',
    variables: { server: { capabilities: {} }, revision: '2025-11-25' },
    ...changes,
  };
  return { header, events };
}

const conversation: Trace['events'] = [
  { kind: 'step', at: 0, step: 0, example: 'first' },
  {
    kind: 'request',
    at: 0.5,
    exchange: 1,
    client: 'a',
    step: null,
    method: 'POST',
    url: 'http://127.0.0.1:1/mcp',
    headers: [
      ['Accept', 'a'],
      ['Accept', 'b'],
    ],
    body: bytes('{"jsonrpc":"2.0"}'),
  },
  { kind: 'response', at: 1, exchange: 1, status: 200, headers: [['Content-Type', 'application/json']] },
  { kind: 'chunk', at: 2, exchange: 1, bytes: bytes('\ufeff{"é', [0xc3]) },
  { kind: 'chunk', at: 2, exchange: 1, bytes: bytes([0xa9], '"\r\n') },
  { kind: 'end', at: 3, exchange: 1, how: 'broken', detail: 'ECONNRESET' },
];

/** The same with plain arrays in the place of buffers, which compare by their kind too. */
const comparable = (traces: readonly Trace[]): unknown =>
  JSON.parse(
    JSON.stringify(traces, (_, value: unknown) => (value instanceof Uint8Array ? [...value] : value)).replaceAll(
      /\{"type":"Buffer","data":(\[[^\]]*\])\}/g,
      '$1',
    ),
  );

describe('a trace file', () => {
  it('gives back what was written, bytes, times and order included', () => {
    const traces = [traceOf(conversation), traceOf([]), traceOf(conversation, { case: 'other', seed: 7 })];
    writeTraces(file, traces, asIs);
    expect(comparable(readTraces(file))).toEqual(comparable(traces));
  });

  it('writes bytes as text where they are UTF-8', () => {
    writeTraces(file, [traceOf(conversation)], asIs);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(7);
    expect(lines[0]).toMatch(/^\{"kind":"trace","version":1,"case":"ping.answered"/);
    expect(lines[2]).toContain('"body":{"text":"{\\"jsonrpc\\":\\"2.0\\"}"}');
    expect(lines[4]).toContain('"bytes":{"base64":"77u/');
  });
});

describe('secrets in a trace file', () => {
  const hide = hider({ url: '', credentials: [['Authorization', 'Bearer sk-0123456789']] });
  const leaky: Trace['events'] = [
    {
      kind: 'request',
      at: 0,
      exchange: 1,
      client: 'a',
      step: 0,
      method: 'GET',
      url: 'http://me:password@127.0.0.1:1/?key=sk-0123456789',
      headers: [['X-Copy', 'Bearer sk-0123456789']],
      body: bytes('sk-0123456789'),
    },
    { kind: 'response', at: 1, exchange: 1, status: 200, headers: [['sk-0123456789', 'Bearer sk-0123456789']] },
    { kind: 'chunk', at: 2, exchange: 1, bytes: bytes('echo: Bearer sk-01234') },
    { kind: 'chunk', at: 2, exchange: 1, bytes: bytes('56789 é', [0xff]) },
    { kind: 'end', at: 3, exchange: 1, how: 'broken', detail: 'after sk-0123456789' },
  ];

  it('are hidden wherever they stand, over the borders of chunks too', () => {
    const target = 'http://me:password@127.0.0.1:1/';
    writeTraces(file, [traceOf(leaky, { target, variables: { tools: ['sk-0123456789'] } })], hide);
    const written = readFileSync(file, 'utf8');
    const raw = Buffer.concat(
      readTraces(file)[0]?.events.map((event) => (event.kind === 'chunk' ? event.bytes : Buffer.alloc(0))) ?? [],
    );
    expect(written).not.toMatch(/sk-|password/);
    expect(raw.toString('latin1')).toBe('echo: [hidden] \u00c3\u00a9\u00ff');
    expect(written.match(/\[hidden\]/g)?.length).toBeGreaterThan(7);
  });
});

describe('a malformed trace file', () => {
  const header = JSON.stringify({ kind: 'trace', ...traceOf([]).header });
  const request = JSON.stringify({ ...conversation[1], body: { text: '' } });
  const end = '{"kind":"end","at":1,"exchange":1,"how":"complete"}';

  it.each([
    ['an empty file', '', /trace\.jsonl: holds no trace; --trace writes one$/],
    ['a line that is no JSON', `${header}\n{oops`, /:2: not a line of JSON$/],
    ['an unknown kind', `${header}\n\n{"kind":"noise"}`, /:3: "kind" must be one of trace, step, request, /],
    ['another version', header.replace('"version":1', '"version":2'), /:1: "version" must be 1$/],
    ['a time that is no time', header.replace('2026-11-20T10', 'X'), /:1: "startedAt" is not a date$/],
    ['an unknown revision', header.replace('2025-11-25', '2025-01-01'), /:1: "revision" must be one of 2024-11-05, /],
    [
      'an unknown member',
      `${header}\n{"kind":"step","at":1,"step":1,"more":1}`,
      /:2: the step line has an unknown member "more"$/,
    ],
    ['a missing member', `${header}\n{"kind":"step","at":1}`, /:2: the step line must have required property 'step'$/],
    [
      'bytes that are no base64',
      `${header}\n${request}\n{"kind":"chunk","at":1,"exchange":1,"bytes":{"base64":"%"}}`,
      /:3: "bytes.base64" must match/,
    ],
    ['an event before any trace', request, /:1: a trace begins with a line of the kind "trace"$/],
    ['an answer to nothing', `${header}\n${end}`, /:2: exchange 1 has no request before this line$/],
    ['two requests of one exchange', `${header}\n${request}\n${request}`, /:3: exchange 1 has two requests$/],
  ])('is refused in one sentence: %s', (_, content, message) => {
    writeFileSync(file, content);
    expect(() => readTraces(file)).toThrow(DataFileError);
    expect(() => readTraces(file)).toThrow(message);
  });

  it('is refused when it does not exist', () => {
    expect(() => readTraces(join(folder, 'none'))).toThrow(/none: cannot be read \(ENOENT\)$/);
  });
});
