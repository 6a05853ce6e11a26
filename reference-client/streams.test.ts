import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { JsonRpcMessage } from '../spec/messages.ts';
import { planReconnection } from './event-stream.ts';
import type { Failure } from './results.ts';
import { connected, failureOf, successOf } from './testing/connecting.ts';
import {
  type Arrived,
  event,
  initializeResult,
  openStream,
  type Responder,
  responseTo,
  status,
  stream,
} from './testing/scripted-server.ts';

const CONTENT = { content: [{ type: 'text', text: 'é日🔍' }] };
const LOG = { method: 'notifications/message', params: { level: 'info', data: 'x' } };

function answer(arrived: Arrived): string {
  return event(responseTo(arrived, CONTENT));
}

/** Writes each piece by itself, with a turn of the event loop in between. */
function inPieces(response: ServerResponse, pieces: Uint8Array[]): void {
  const [piece, ...rest] = pieces;
  if (!piece) response.end();
  else response.write(piece, () => setImmediate(inPieces, response, rest));
}

/** Answers a GET with the response to the call that is still open. */
function resumeWith(call: () => Arrived | undefined): Responder {
  return stream(() => {
    const arrived = call();
    return arrived ? answer(arrived) : '';
  });
}

describe('an answer as event stream', () => {
  it.each([
    ['LF', (text: string) => text],
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['CR', (text: string) => text.replaceAll('\n', '\r')],
  ])('is read with %s, byte by byte', async (_, withEnds) => {
    await using connection = await connected({
      'tools/call': (arrived, response) => {
        const bytes = Buffer.from(withEnds(`\ufeff: hi\n\n${answer(arrived)}`));
        inPieces(
          openStream(response),
          [...bytes].map((byte) => Uint8Array.of(byte)),
        );
      },
    });
    expect(successOf(await connection.client.callTool('x'))).toEqual(CONTENT);
  });

  it.each(['text/event-stream; charset=utf-8', 'TEXT/Event-Stream', 'text/event-stream ;x=y'])(
    'is known by %s',
    async (type) => {
      await using connection = await connected({
        'tools/call': (arrived, response) => {
          response.writeHead(200, { 'content-type': type }).end(answer(arrived));
        },
      });
      expect(successOf(await connection.client.callTool('x'))).toEqual(CONTENT);
    },
  );

  it('may begin with an event of empty data, and hold what is no message', async () => {
    const rubbish = ': ping\n\nevent: ping\ndata: not JSON\n\nfoo: bar\nretry: 10\n\n';
    await using connection = await connected({
      'tools/call': stream((arrived) => {
        const ofOtherType = `event: other\n${event(responseTo(arrived, { content: [] }))}`;
        return `id: 1\ndata: \n\n${rubbish}${ofOtherType}${event('not JSON')}${event('{"a":1}')}${answer(arrived)}`;
      }),
    });
    expect(successOf(await connection.client.callTool('x'))).toEqual(CONTENT);
  });

  it('may hold notifications, foreign responses and requests before the response', async () => {
    const seen: JsonRpcMessage[] = [];
    await using connection = await connected(
      {
        initialize: stream((arrived) => event(LOG) + event(responseTo(arrived, initializeResult('2025-11-25')))),
        'tools/call': stream(
          (arrived) =>
            event(LOG) +
            event({ id: 'other', result: {} }) +
            event({ id: String(arrived.message.id), result: { content: [] } }) +
            event({ id: 's1', method: 'ping' }) +
            answer(arrived),
        ),
      },
      { observer: { message: (message) => seen.push(message) } },
    );
    const { client, server } = connection;
    expect(successOf(await client.callTool('x'))).toEqual(CONTENT);
    expect(seen).toHaveLength(7);
    expect((await server.arrival('response')).message).toEqual({ jsonrpc: '2.0', id: 's1', result: {} });
    expect(server.of('response')).toHaveLength(1);
  });

  it('is read on after the response', async () => {
    let late: (message: JsonRpcMessage) => void = () => {};
    const lateMessage = new Promise<JsonRpcMessage>((resolve) => {
      late = resolve;
    });
    let rest: ServerResponse | undefined;
    await using connection = await connected(
      {
        'tools/call': (arrived, response) => {
          rest = openStream(response, answer(arrived));
        },
      },
      { observer: { message: (message) => 'method' in message && late(message) } },
    );
    expect(successOf(await connection.client.callTool('x'))).toEqual(CONTENT);
    rest?.end(event({ method: 'notifications/progress', params: { progressToken: 'gone', progress: 1 } }));
    expect(await lateMessage).toMatchObject({ method: 'notifications/progress' });
    successOf(await connection.client.ping());
  });

  it('may hold a batch under 2025-03-26', async () => {
    await using connection = await connected(
      {
        'tools/call': stream((arrived) =>
          event(`[{"jsonrpc":"2.0","id":"s1","method":"ping"},${responseTo(arrived, CONTENT)}]`),
        ),
      },
      { revision: '2025-03-26' },
    );
    expect(successOf(await connection.client.callTool('x'))).toEqual(CONTENT);
    expect((await connection.server.arrival('response')).message).toMatchObject({ id: 's1', result: {} });
  });

  it('may hold no batch under later revisions', async () => {
    const ignored: Failure[] = [];
    await using connection = await connected(
      { 'tools/call': stream((arrived) => event(`[${responseTo(arrived, CONTENT)}]`)) },
      { observer: { ignored: (failure) => ignored.push(failure) } },
    );
    const failure = failureOf(await connection.client.callTool('x'));
    expect(failure).toMatchObject({ kind: 'bad-message', reason: expect.stringMatching(/batch/) });
    expect(ignored).toEqual([failure]);
  });
});

describe('a stream that ends before the response', () => {
  it('fails the request when it named no event id', async () => {
    await using connection = await connected({ 'tools/call': stream(() => event(LOG)) });
    expect(failureOf(await connection.client.callTool('x'))).toMatchObject({ kind: 'connection' });
    expect(connection.server.of('GET')).toEqual([]);
  });

  it('is resumed after the time the server asked for', async () => {
    const retryMs = 300;
    let endedAt = 0;
    let resumedAt = 0;
    await using connection = await connected({
      'tools/call': (_, response) => {
        openStream(response, `id: é-1\nretry: ${retryMs}\ndata:\n\n`).end();
        endedAt = performance.now();
      },
      GET: (arrived, response) => {
        resumedAt = performance.now();
        resumeWith(() => connection.server.of('tools/call')[0])(arrived, response);
      },
    });
    const { client, server } = connection;
    expect(successOf(await client.callTool('x'))).toEqual(CONTENT);
    expect(resumedAt - endedAt).toBeGreaterThanOrEqual(retryMs);
    const { headers } = await server.arrival('GET');
    expect(Buffer.from(String(headers['last-event-id']), 'latin1').toString('utf8')).toBe('é-1');
    expect(headers).toMatchObject({
      accept: 'text/event-stream',
      'mcp-session-id': 'session-1',
      'mcp-protocol-version': '2025-11-25',
    });
    expect(headers).not.toHaveProperty('content-type');
    expect(server.of('tools/call')).toHaveLength(1);
  });

  it('is resumed after a broken connection', async () => {
    await using connection = await connected({
      'tools/call': (_, response) => {
        openStream(response).write(`retry: 1\n${event(LOG, '1')}data: {"half`, () => response.destroy());
      },
      GET: resumeWith(() => connection.server.of('tools/call')[0]),
    });
    expect(successOf(await connection.client.callTool('x'))).toEqual(CONTENT);
  });

  it('is resumed from the same event when it ends again before another', async () => {
    await using connection = await connected({
      'tools/call': stream(() => 'id: 1\nretry: 1\ndata:\n\n'),
      GET: [
        stream(() => ''),
        (_, response) => response.destroy(),
        stream(() => 'id: 2\ndata:\n\n'),
        resumeWith(() => connection.server.of('tools/call')[0]),
      ],
    });
    expect(successOf(await connection.client.callTool('x'))).toEqual(CONTENT);
    expect(connection.server.of('GET').map(({ headers }) => headers['last-event-id'])).toEqual(['1', '1', '1', '2']);
  });

  it('is polled as long as the server goes on', async () => {
    let polls = 0;
    await using connection = await connected({
      'tools/call': stream(() => 'id: 0\nretry: 1\ndata:\n\n'),
      GET: (arrived, response) => {
        polls += 1;
        const next =
          polls < 20
            ? stream(() => `id: ${polls}\ndata:\n\n`)
            : resumeWith(() => connection.server.of('tools/call')[0]);
        next(arrived, response);
      },
    });
    expect(successOf(await connection.client.callTool('x'))).toEqual(CONTENT);
    expect(polls).toBe(20);
  });

  it('is given up when nothing new comes', async () => {
    await using connection = await connected({
      'tools/call': stream(() => 'id: 1\nretry: 1\ndata:\n\n'),
      GET: stream(() => 'id: 1\ndata:\n\n'),
    });
    expect(failureOf(await connection.client.callTool('x'))).toMatchObject({ kind: 'connection' });
    expect(connection.server.of('GET')).toHaveLength(5);
  });

  it('is given up when the server resumes no streams', async () => {
    await using connection = await connected({
      'tools/call': stream(() => 'id: 1\nretry: 1\ndata:\n\n'),
      GET: status(405),
    });
    expect(failureOf(await connection.client.callTool('x'))).toMatchObject({ kind: 'http', status: 405 });
    expect(connection.server.of('GET')).toHaveLength(1);
  });

  it('is not resumed once the request is given up', async () => {
    await using connection = await connected({
      'tools/call': [stream(() => 'id: 1\nretry: 100\ndata:\n\n'), stream(() => 'id: 2\nretry: 200\ndata:\n\n')],
      GET: resumeWith(() => connection.server.of('tools/call')[1]),
    });
    const { client, server } = connection;
    expect(failureOf(await client.callTool('x', undefined, { timeoutMs: 30 }))).toMatchObject({ kind: 'timeout' });
    // By the time the second stream is resumed, the first one would have been.
    successOf(await client.callTool('x'));
    expect(server.of('GET').map(({ headers }) => headers['last-event-id'])).toEqual(['2']);
  });
});

it('waits a second before a reconnection when the server says nothing', () => {
  expect(planReconnection({ lastEventId: '1', retryMs: undefined, fruitless: 0 })).toEqual({
    afterMs: 1000,
    lastEventId: '1',
  });
});

it('resumes no stream whose event id was reset', () => {
  expect(planReconnection({ lastEventId: '', retryMs: 1, fruitless: 0 })).toBeUndefined();
});
