import { createServer, type Socket } from 'node:net';
import { Agent } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { type Script, type ScriptedServer, startScripted } from '../../fixtures/scripted/scripted-server.ts';
import { freePort, listenOnLoopback } from '../../fixtures/subjects/loopback.ts';
import { limitsFor } from '../target/limits.ts';
import { Recorder } from '../trace/trace.ts';
import type { HeaderPairs } from '../wire/headers.ts';
import { type ExchangeListener, type HttpRequest, startExchange } from './http.ts';
import { openPool } from './pool.ts';

const LIMITS = limitsFor(20_000);
const CAUSE = { client: 'a', step: 0 };
const leftOver: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const release of leftOver.splice(0).reverse()) await release();
});

async function serving(script: Script): Promise<ScriptedServer> {
  const server = await startScripted(script);
  leftOver.push(server.close);
  return server;
}

/** A server that says what it has to say, byte for byte, once it is asked. */
const saying = (...bytes: (string | Buffer)[]) =>
  serving((_asked, _response, socket) => {
    socket.end(Buffer.concat(bytes.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece))));
  });

function begin(
  url: string,
  {
    listener = {},
    limits = {},
    pool = openPool(),
    ...request
  }: Partial<HttpRequest> & {
    listener?: ExchangeListener;
    limits?: Partial<typeof LIMITS>;
    pool?: Agent;
  } = {},
) {
  const recorder = new Recorder();
  leftOver.push(() => pool.destroy());
  const message = {
    method: 'POST',
    url,
    headers: [],
    body: Buffer.from('{}'),
    credentials: [],
    shownCredentials: [],
    ...request,
  };
  const live = startExchange(pool, recorder, message, CAUSE, { ...LIMITS, ...limits }, listener);
  return { ...live, pool, recorder };
}

/** Makes one exchange to its end; every one has one request, at most one response, and one end. */
async function exchange(...[url, options]: Parameters<typeof begin>) {
  const { done, recorder } = begin(url, options);
  const how = await done;
  const { events } = recorder;
  expect(events.map(({ kind }) => kind).join(' ')).toMatch(/^request( response( chunk)*)? end$/);
  const end = events.find((event) => event.kind === 'end');
  expect(end?.how).toBe(how);
  const response = events.find((event) => event.kind === 'response');
  const chunks = events.filter((event) => event.kind === 'chunk').map(({ bytes }) => Buffer.from(bytes).toString());
  return { how, detail: end?.detail, response, chunks, events };
}

describe('what is sent', () => {
  it('is what was given: headers in their order and spelling, twice where given twice', async () => {
    const server = await serving((_, response) => response.end());
    const headers: HeaderPairs = [
      ['X-Order', '2'],
      ['accept', 'a'],
      ['ACCEPT', 'b'],
      ['mCP-sESSION-iD', 'x'],
      ['X-Latin', 'ä'],
      ['Host', 'assay.invalid'],
    ];
    await exchange(server.url, { headers, body: Buffer.from([0x7b, 0xff]) });
    const [asked] = server.asked;
    const own = ['connection', 'content-length'];
    expect(asked?.headers.filter(([name]) => !own.includes(name))).toEqual(
      expect.arrayContaining(
        headers.map(([name, value]) => [name.toLowerCase() === 'host' ? expect.stringMatching(/host/i) : name, value]),
      ),
    );
    expect(asked?.headers.filter(([name]) => own.includes(name))).toEqual([
      ['connection', 'keep-alive'],
      ['content-length', '2'],
    ]);
    expect(asked?.headers).toHaveLength(headers.length + own.length);
    expect([...(asked?.body ?? [])]).toEqual([0x7b, 0xff]);
  });

  it.each(['GET', 'DELETE', 'PUT', 'M-SEARCH'])('may be %s without a body', async (method) => {
    const server = await serving((_, response) => response.writeHead(204).end());
    const { how } = await exchange(server.url, { method, body: new Uint8Array() });
    expect(how).toBe('complete');
    expect(server.asked).toMatchObject([{ method, path: '/mcp', body: Buffer.alloc(0) }]);
  });

  it('carries the credentials, and the record hides them', async () => {
    const server = await serving((_, response) => response.end());
    const { events } = await exchange(server.url, {
      headers: [['X-Plain', 'seen']],
      credentials: [['Authorization', 'Bearer s3cret']],
      shownCredentials: [['Authorization', '[hidden]']],
    });
    expect(server.asked[0]?.headers).toContainEqual(['Authorization', 'Bearer s3cret']);
    expect(events[0]).toMatchObject({
      headers: [
        ['X-Plain', 'seen'],
        ['Authorization', '[hidden]'],
      ],
    });
    expect(JSON.stringify(events)).not.toContain('s3cret');
  });

  it('is recorded with its cause', async () => {
    const server = await serving((_, response) => response.end());
    const { events } = await exchange(server.url);
    expect(events[0]).toMatchObject({
      kind: 'request',
      exchange: 1,
      client: 'a',
      step: 0,
      method: 'POST',
      url: server.url,
      body: Buffer.from('{}'),
    });
  });
});

describe('what is recorded of an answer', () => {
  it('header pairs as received: names twice, in odd case, empty, not ASCII', async () => {
    const { url } = await saying(
      'HTTP/1.1 200 Fine\r\nMCP-Session-ID: one\r\nmcp-session-id: two\r\nX-eMPTY:\r\nX-Space:   a  b  \r\n',
      Buffer.from('X-Latin: \xe4\r\n', 'latin1'),
      'Content-Length: 2\r\n\r\n{}',
    );
    const { how, response, chunks } = await exchange(url);
    expect(how).toBe('complete');
    expect(response).toMatchObject({ status: 200 });
    expect(response?.headers.map(([name, value]) => [name, value.trimEnd()])).toEqual([
      ['MCP-Session-ID', 'one'],
      ['mcp-session-id', 'two'],
      ['X-eMPTY', ''],
      ['X-Space', 'a  b'],
      ['X-Latin', 'ä'],
      ['Content-Length', '2'],
    ]);
    expect(chunks).toEqual(['{}']);
  });

  it('the pieces of the body as they came, with their times', async () => {
    const pieces = ['data: a\r', '\n\r', '\n', '\u00e4'];
    let next = () => {};
    const server = await serving((_, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      let sent = 0;
      next = () => {
        const piece = pieces[sent];
        sent += 1;
        if (piece === undefined) response.end();
        else response.write(piece);
      };
      next();
    });
    const { chunks, events } = await exchange(server.url, { listener: { onChunk: () => next() } });
    expect(chunks).toEqual(pieces);
    const times = events.map(({ at }) => at);
    expect([...times].sort((a, b) => a - b)).toEqual(times);
    expect(times.every((at) => at >= 0)).toBe(true);
  });

  it('bytes that do not change afterwards', async () => {
    const { url } = await saying('HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na');
    const { chunks } = await exchange(url, { listener: { onChunk: (bytes) => void bytes.fill(0x62) } });
    expect(chunks).toEqual(['a']);
  });

  it.each([
    ['no reason phrase', 'HTTP/1.1 200\r\nContent-Length: 2\r\n\r\n{}', 200, ['{}']],
    ['HTTP/1.0, ended by the connection', 'HTTP/1.0 200 OK\r\n\r\n{}', 200, ['{}']],
    [
      'an interim answer first',
      'HTTP/1.1 103 Hints\r\nX: y\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}',
      200,
      ['{}'],
    ],
    ['no body', 'HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n', 202, []],
    ['no body and no length', 'HTTP/1.1 204 None\r\n\r\n', 204, []],
    [
      'a redirection, which is not followed',
      'HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n',
      302,
      [],
    ],
    ['bytes after the end', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}more', 200, ['{}']],
  ])('%s', async (_, text, status, expected) => {
    const server = await saying(text);
    const { how, response, chunks } = await exchange(server.url);
    expect(how).toBe('complete');
    expect(response?.status).toBe(status);
    expect(chunks).toEqual(expected);
    expect(server.asked).toHaveLength(1);
  });
});

describe('an answer that breaks', () => {
  it.each<[string, string | Buffer, readonly string[] | null]>([
    ['another protocol', 'SSH-2.0-assay\r\n', null],
    ['nothing', '', null],
    ['the beginning of a status line', 'HTTP/1.1 2', null],
    ['a status of two digits', 'HTTP/1.1 99 OK\r\n\r\n', null],
    ['a header line without a colon', 'HTTP/1.1 200 OK\r\nNonsense\r\n\r\n', null],
    ['headers that do not end', 'HTTP/1.1 200 OK\r\nX: y\r\n', null],
    [
      'a length and chunks at once',
      'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
      null,
    ],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}', null],
    ['a change of protocol', 'HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n', null],
    ['a chunk without a size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n', []],
    ['a body that is too short', 'HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{}', ['{}']],
    ['chunks without the last one', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n', ['{}']],
  ])('%s', async (_, text, expected) => {
    const { url } = await saying(text);
    const { how, detail, response, chunks } = await exchange(url);
    expect(how).toBe('broken');
    expect(detail).toMatch(/\w/);
    expect(response === undefined ? null : chunks).toEqual(expected);
  });

  it('a reset in the middle of the body', async () => {
    let reset = () => {};
    const { url } = await serving((_asked, _response, socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{}');
      reset = () => void socket.resetAndDestroy();
    });
    const { how, detail, chunks } = await exchange(url, { listener: { onChunk: () => reset() } });
    expect({ how, chunks }).toEqual({ how: 'broken', chunks: ['{}'] });
    expect(detail).toMatch(/ECONNRESET|UND_ERR_SOCKET/);
  });

  it('a connection that is closed as soon as it is open', async () => {
    const { port, close } = await listenOnLoopback(createServer((socket) => socket.destroy()));
    leftOver.push(close);
    expect(await exchange(`http://127.0.0.1:${port}/mcp`)).toMatchObject({ how: 'broken', response: undefined });
  });
});

describe('a target that cannot be reached', () => {
  it('refuses the connection', async () => {
    const { how, detail } = await exchange(`http://127.0.0.1:${await freePort()}/mcp`);
    expect(how).toBe('refused');
    expect(detail).toContain('ECONNREFUSED');
  });

  it('does not take up the connection: the owner can end the wait', async () => {
    const pool = new Agent({ connectTimeout: 0, connect: () => {} });
    const { done, close, recorder } = begin('http://127.0.0.1:1/mcp', { pool });
    close('timeout');
    expect(await done).toBe('timeout');
    expect(recorder.events.map(({ kind }) => kind)).toEqual(['request', 'end']);
  });

  it('does not take up the connection: the wait ends with the time of the case', async () => {
    const pool = new Agent({ connectTimeout: 0, connect: () => {} });
    expect(await exchange('http://127.0.0.1:1/mcp', { pool, limits: { caseMs: 10 } })).toMatchObject({
      how: 'timeout',
    });
  });
});

describe('an answer without an end', () => {
  const silent = () => serving(() => {});
  /** Writes as fast as it is read, until the connection is gone. */
  function pour(socket: Socket, text: string): void {
    if (!socket.destroyed) socket.write(text, () => setImmediate(pour, socket, text));
  }

  it('that does not begin: times out with the case', async () => {
    const server = await silent();
    const { how, detail, response } = await exchange(server.url, { limits: { caseMs: 50 } });
    expect({ how, detail, response }).toEqual({ how: 'timeout', detail: undefined, response: undefined });
    await server.idle();
  });

  it('that goes silent in the middle keeps what came', async () => {
    const server = await serving((_, response) => response.writeHead(200).write('{'));
    const live = begin(server.url, { listener: { onChunk: () => live.close('timeout') } });
    expect(await live.done).toBe('timeout');
    expect(live.recorder.events.map(({ kind }) => kind)).toEqual(['request', 'response', 'chunk', 'end']);
    await server.idle();
  });

  it.each([
    [undefined, 'closed-by-harness'],
    ['timeout', 'timeout'],
    ['limit', 'limit'],
  ] as const)('closed as %s ends as %s', async (how, expected) => {
    const server = await silent();
    const { done, close, recorder } = begin(server.url);
    close(how);
    close('broken');
    expect(await done).toBe(expected);
    close();
    expect(recorder.events.filter(({ kind }) => kind === 'end')).toHaveLength(1);
  });

  it('that grows past the limit is cut off', async () => {
    const server = await serving((_asked, _response, socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      pour(socket, 'x'.repeat(1_000));
    });
    const { how, chunks } = await exchange(server.url, { limits: { bodyBytes: 10_000 } });
    const size = chunks.join('').length;
    expect(how).toBe('limit');
    expect(size).toBeGreaterThan(10_000);
    expect(size - (chunks.at(-1)?.length ?? 0)).toBeLessThanOrEqual(10_000);
    await server.idle();
  });

  it('whose headers have no end is cut off', async () => {
    const server = await serving((_asked, _response, socket) => {
      socket.write('HTTP/1.1 200 OK\r\n');
      pour(socket, `X-Filler: ${'x'.repeat(1_000)}\r\n`);
    });
    expect(await exchange(server.url)).toMatchObject({ how: 'limit', response: undefined });
    await server.idle();
  });
});

describe('several exchanges at a time', () => {
  it('are told apart in one record', async () => {
    const answers: (() => void)[] = [];
    const server = await serving(({ body }, response) => {
      answers.push(() => response.end(body));
      if (answers.length === 3) for (const answer of answers.reverse()) answer();
    });
    const pool = openPool();
    leftOver.push(() => pool.destroy());
    const recorder = new Recorder();
    const live = ['one', 'two', 'three'].map((body) =>
      startExchange(
        pool,
        recorder,
        {
          method: 'POST',
          url: server.url,
          headers: [],
          body: Buffer.from(body),
          credentials: [],
          shownCredentials: [],
        },
        CAUSE,
        LIMITS,
      ),
    );
    expect(await Promise.all(live.map(({ done }) => done))).toEqual(['complete', 'complete', 'complete']);
    expect(live.map(({ id }) => id)).toEqual([1, 2, 3]);
    for (const [at, body] of ['one', 'two', 'three'].entries()) {
      const own = recorder.events.filter((event) => 'exchange' in event && event.exchange === at + 1);
      expect(own.map(({ kind }) => kind)).toEqual(['request', 'response', 'chunk', 'end']);
      expect(own.flatMap((event) => (event.kind === 'chunk' ? Buffer.from(event.bytes).toString() : []))).toEqual([
        body,
      ]);
    }
  });

  it('use one connection when they come one after the other', async () => {
    const sockets = new Set<Socket>();
    const server = await serving((_, response, socket) => {
      sockets.add(socket);
      response.end('{}');
    });
    const pool = openPool();
    for (let count = 0; count < 3; count += 1) await exchange(server.url, { pool });
    expect(server.asked).toHaveLength(3);
    expect(sockets.size).toBe(1);
  });

  it('leave no connection when the pool is gone', async () => {
    const server = await serving((_, response) => response.end());
    const pool = openPool();
    for (let count = 0; count < 3; count += 1) expect(await begin(server.url, { pool }).done).toBe('complete');
    await pool.destroy();
    await server.idle();
    expect(server.asked).toHaveLength(3);
  });
});

describe('a connection that has grown old', () => {
  /** Answers the first request of each connection, and closes the connection at the next; counts all requests. */
  async function forgetful(firstOnes: number): Promise<{ url: string; asked: () => number }> {
    let asked = 0;
    let answered = 0;
    const server = createServer((socket) => {
      let used = false;
      socket.on('error', () => undefined);
      socket.on('data', (bytes) => {
        // a body may come by itself
        if (!String(bytes).startsWith('POST ')) return;
        asked += 1;
        if (used || answered >= firstOnes) {
          socket.destroy();
          return;
        }
        used = true;
        answered += 1;
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nhi');
      });
    });
    const { port, close } = await listenOnLoopback(server);
    leftOver.push(close);
    return { url: `http://127.0.0.1:${port}/`, asked: () => asked };
  }

  it('is not blamed on the server: the request goes out once more on a new one', async () => {
    const { url, asked } = await forgetful(2);
    const pool = new Agent({ connections: 1 });
    expect(await exchange(url, { pool })).toMatchObject({ how: 'complete', detail: undefined });
    expect(await exchange(url, { pool })).toMatchObject({
      how: 'complete',
      detail: expect.stringMatching(/^sent twice, since the first connection was gone: /),
    });
    expect(asked()).toBe(3);
  });

  it('does not excuse a server that breaks the new one too', async () => {
    const { url, asked } = await forgetful(1);
    const pool = new Agent({ connections: 1 });
    expect((await exchange(url, { pool })).how).toBe('complete');
    expect((await exchange(url, { pool })).how).toBe('broken');
    expect(asked()).toBe(3);
  });

  it('is not asked again where it was the first', async () => {
    const { url, asked } = await forgetful(0);
    expect((await exchange(url)).how).toBe('broken');
    expect(asked()).toBe(1);
  });
});
