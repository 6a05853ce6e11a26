import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Json, JsonObject } from '../../spec/messages.ts';
import { type ReferenceServerOptions, startReferenceServerOnStdio } from '../index.ts';
import { call, initialize, nowhere } from '../testing/driver.ts';
import { SchemaJudge } from '../testing/schema-judge.ts';
import { type Line, lineSplitter } from './lines.ts';

const meta = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
};
const initialized = { jsonrpc: '2.0', method: 'notifications/initialized' };
const ping = (id: Json): JsonObject => ({ jsonrpc: '2.0', id, method: 'ping' });

function byNumber(one: JsonObject, other: JsonObject): number {
  return typeof one.id === 'number' && typeof other.id === 'number' ? one.id - other.id : 0;
}

/** A server on a pair of streams, and what it has written. */
function start(options: Partial<ReferenceServerOptions> = {}) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const logged: object[] = [];
  const server = startReferenceServerOnStdio(
    { userServiceUrl: nowhere, log: (entry) => logged.push(entry), ...options },
    { input, output },
  );
  onTestFinished(() => server.close());
  let text = '';
  const waiting = new Set<() => void>();
  output.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    for (const look of waiting) look();
  });
  const lines = () =>
    text
      .split('\n')
      .slice(0, -1)
      .map((line): JsonObject => JSON.parse(line));
  return {
    server,
    logged,
    input,
    output,
    write: (...messages: unknown[]) => void input.write(messages.map((one) => `${JSON.stringify(one)}\n`).join('')),
    lines,
    /** Settles with the lines once there are so many. */
    until: (count: number) =>
      new Promise<JsonObject[]>((resolve) => {
        const look = () => {
          if (lines().length < count) return;
          waiting.delete(look);
          resolve(lines());
        };
        waiting.add(look);
        look();
      }),
    /** Ends the input; gives the lines, those with a number for an id in the order of their ids. */
    async end() {
      input.end();
      await server.done;
      return lines().sort(byNumber);
    },
  };
}

describe('a session on standard streams', () => {
  it.each(['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'])('is opened and used (%s)', async (revision) => {
    const { write, end } = start();
    write(ping(0), initialize(revision), initialized, ping(1), { ...ping(2), method: 'tools/list' });
    expect(await end()).toMatchObject([
      { id: 0, result: {} },
      { id: 'init', result: { protocolVersion: revision } },
      { id: 1, result: {} },
      { id: 2, result: { tools: expect.any(Array) } },
    ]);
  });

  it('answers with the newest revision that has a handshake, to whoever asks for another', async () => {
    const { write, end } = start();
    write(initialize('1999-01-01'));
    expect(await end()).toMatchObject([{ result: { protocolVersion: '2025-11-25' } }]);
  });

  it('wants to be opened first, and once', async () => {
    const { write, end } = start();
    write({ ...ping(1), method: 'tools/list' }, initialized, initialize(), initialize('2025-03-26', 'again'));
    expect(await end()).toMatchObject([
      { id: 1, error: { code: -32600 } },
      { id: 'init', result: {} },
      { id: 'again', error: { code: -32600 } },
    ]);
  });

  it('takes batches of 2025-03-26, and of no other revision', async () => {
    const { write, end } = start();
    write(initialize('2025-03-26'), [ping(1), initialized, ping(2)]);
    const [, batch] = await end();
    expect(batch).toMatchObject([{ id: 1 }, { id: 2 }]);
    const other = start();
    other.write(initialize('2025-06-18'), [ping(1)]);
    expect(await other.end()).toContainEqual(
      expect.objectContaining({ id: null, error: expect.objectContaining({ code: -32600 }) }),
    );
  });

  it('answers what is in flight when the input ends, and then is done', async () => {
    const { write, end } = start();
    write(initialize(), initialized, call(1, 'assay_slow', { ms: 200 }));
    expect((await end()).at(-1)).toMatchObject({ id: 1, result: { content: [{ text: 'Waited for 200 ms.' }] } });
  });

  it('does not wait for ever', async () => {
    const { write, end } = start({ drainMs: 10 });
    write(initialize(), initialized, call(1, 'assay_slow', { ms: 60_000 }), call(2, 'assay_roots'));
    const answers = (await end()).slice(1);
    expect(answers).toContainEqual(
      expect.objectContaining({ id: 1, error: expect.objectContaining({ code: -32603 }) }),
    );
  });

  it('cancels', async () => {
    const { write, end } = start();
    const cancelled = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } };
    write(initialize(), initialized, call(1, 'assay_slow', { ms: 60_000 }), cancelled, ping(2));
    expect((await end()).map(({ id }) => id)).toEqual(['init', 2]);
  });
});

describe('requests of 2026-07-28 on standard streams', () => {
  const modern = (id: Json, method: string, params: JsonObject = {}): JsonObject => ({
    jsonrpc: '2.0',
    id,
    method,
    params: { _meta: meta, ...params },
  });

  it('need nothing before them, and live beside a session', async () => {
    const judge = new SchemaJudge('2026-07-28');
    const { write, end } = start({ seams: judge.seams });
    write(modern(1, 'server/discover'), modern(2, 'tools/call', { name: 'assay_log' }), modern(3, 'nope'));
    const answers = await end();
    expect(answers).toMatchObject([
      { id: 1, result: { resultType: 'complete' } },
      { id: 2, result: { content: [{}] } },
      { id: 3, error: { code: -32601 } },
    ]);
    expect(judge.problems).toEqual([]);
    const both = start();
    both.write(initialize(), modern(1, 'tools/list'), ping(2));
    expect(await both.end()).toMatchObject([
      { id: 'init' },
      { id: 1, result: { resultType: 'complete' } },
      { id: 2, result: {} },
    ]);
  });

  it('are refused as over HTTP, without its header fields', async () => {
    const { write, end } = start();
    const other = { ...meta, 'io.modelcontextprotocol/protocolVersion': '1900-01-01' };
    write(
      modern(1, 'tools/list', { _meta: other }),
      modern(2, 'tools/list', { _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' } }),
      modern(3, 'tools/call', { name: 'assay_roots' }),
    );
    const all = ['2026-07-28', '2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'];
    expect(await end()).toMatchObject([
      { id: 1, error: { code: -32022, data: { supported: all } } },
      { id: 2, error: { code: -32602 } },
      { id: 3, error: { code: -32021 } },
    ]);
  });

  it('are cancelled by a notification, and then say nothing more', async () => {
    const { write, until, end } = start();
    const cancelled = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 'listen' } };
    write(modern('listen', 'subscriptions/listen', { notifications: { resourceSubscriptions: ['assay://counter'] } }));
    await until(1);
    write(modern(1, 'tools/call', { name: 'assay_update_resource' }));
    await until(3);
    write(cancelled, modern(2, 'tools/call', { name: 'assay_update_resource' }));
    const heard = (await end()).filter(({ id }) => id === undefined).map(({ method }) => method);
    expect(heard).toEqual(['notifications/subscriptions/acknowledged', 'notifications/resources/updated']);
  });

  it('that listen are told when the server ends', async () => {
    const { write, until, end } = start();
    write(modern('listen', 'subscriptions/listen', { notifications: { toolsListChanged: true } }));
    await until(1);
    const [, cancelled, response] = await end();
    expect(cancelled).toMatchObject({ method: 'notifications/cancelled', params: { requestId: 'listen' } });
    expect(response).toMatchObject({ id: 'listen', result: { resultType: 'complete' } });
  });

  it('are all there is on a server without handshakes, which says so', async () => {
    const { write, end } = start({ revisions: ['2026-07-28'] });
    write(initialize('2025-11-25'), ping(1));
    expect(await end()).toMatchObject([
      { id: 'init', error: { code: -32022, data: { supported: ['2026-07-28'], requested: '2025-11-25' } } },
      { id: 1, error: { code: -32602 } },
    ]);
  });
});

describe('lines that are no messages', () => {
  it.each<[string, string, number, Json | undefined]>([
    ['no JSON', '{"jsonrpc"', -32700, undefined],
    ['a scalar', '5', -32600, undefined],
    ['a request without a version', '{"id":4,"method":"ping"}', -32600, 4],
    ['a line that is too long', `{"x":"${'x'.repeat(2000)}"}`, -32600, undefined],
  ])('are answered, and the next line is served: %s', async (_name, line, code, id) => {
    const { input, write, until, end } = start({ maxBodyBytes: 1000 });
    write(initialize());
    await until(1);
    input.write(`${line}\n`);
    await until(2);
    write(ping(9));
    const [, refused, pong] = await end();
    expect(refused).toEqual({
      jsonrpc: '2.0',
      ...(id === undefined ? {} : { id }),
      error: { code, message: expect.stringMatching(/\.$/) },
    });
    expect(pong).toMatchObject({ id: 9, result: {} });
  });

  it('are ignored when they are empty, or end with a carriage return', async () => {
    const { input, end } = start();
    input.write(`\n\r\n  \n${JSON.stringify(ping(1))}\r\n`);
    input.write(JSON.stringify(ping(2)));
    expect((await end()).map(({ id }) => id)).toEqual([1, 2]);
  });

  it('are put together from whatever pieces they come in', () => {
    const seen: Line[] = [];
    const { push, end } = lineSplitter(10, (line) => seen.push(line));
    for (const piece of ['ab', 'c\nd', '', 'ef\n\n', '0123456789', '0', '\nend']) push(Buffer.from(piece));
    end();
    expect(seen.map((line) => (line.kind === 'line' ? line.bytes.toString() : line.kind))).toEqual([
      'abc',
      'def',
      '',
      'too-long',
      'end',
    ]);
  });
});

it('is done when its output is gone', async () => {
  const { output, server, write } = start();
  output.destroy(new Error('gone'));
  write(ping(1));
  await server.done;
  expect(output.destroyed).toBe(true);
});
