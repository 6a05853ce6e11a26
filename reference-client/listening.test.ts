import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { JsonRpcMessage } from '../spec/messages.ts';
import type { Failure } from './results.ts';
import { connected, failureOf, successOf } from './testing/connecting.ts';
import {
  body,
  event,
  initializeResult,
  openStream,
  type Responder,
  result,
  type Script,
  status,
  stream,
} from './testing/scripted-server.ts';

const CHANGED = { method: 'notifications/tools/list_changed' };

/** A value that comes later. */
function promised<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

describe('the stream for messages of the server', () => {
  it('is opened by GET and brings notifications and requests', async () => {
    const notified = promised<JsonRpcMessage>();
    let live: ServerResponse | undefined;
    await using connection = await connected(
      {
        GET: (_, response) => {
          live = openStream(response);
        },
      },
      { observer: { message: (message) => 'method' in message && notified.resolve(message) } },
    );
    const { client, server } = connection;
    expect(successOf(await client.openStream())).toBe('listening');
    const { headers } = await server.arrival('GET');
    expect(headers).toMatchObject({ accept: 'text/event-stream', 'mcp-session-id': 'session-1' });
    expect(headers).not.toHaveProperty('last-event-id');

    live?.write(event(CHANGED) + event({ id: 1, method: 'ping' }));
    expect(await notified.promise).toEqual({ jsonrpc: '2.0', ...CHANGED });
    expect((await server.arrival('response')).message).toEqual({ jsonrpc: '2.0', id: 1, result: {} });
  });

  it('is not offered by a server that answers 405', async () => {
    await using connection = await connected({ GET: status(405) });
    expect(successOf(await connection.client.openStream())).toBe('not-offered');
    successOf(await connection.client.ping());
  });

  it.each([
    ['HTTP 400', status(400), 400],
    ['HTTP 501', status(501), 501],
    ['JSON', body(200, 'application/json', '{}'), 200],
  ] as const)('fails by itself when the server answers %s', async (_, responder, httpStatus) => {
    await using connection = await connected({ GET: responder });
    const { client } = connection;
    expect(failureOf(await client.openStream())).toMatchObject({ kind: 'http', status: httpStatus });
    successOf(await client.ping());
  });

  it('does not ask again and again a server that answers 404', async () => {
    await using connection = await connected({ GET: status(404) });
    const { client, server } = connection;
    expect(failureOf(await client.openStream())).toMatchObject({ kind: 'session-lost' });
    expect(server.of('GET')).toHaveLength(2);
    expect(server.of('initialize')).toHaveLength(2);
    successOf(await client.ping());
  });

  it('is resumed after the last event', async () => {
    const again = promised<void>();
    const live: Responder = (_, response) => {
      openStream(response);
      again.resolve();
    };
    await using connection = await connected({ GET: [stream(() => `retry: 1\n${event(CHANGED, 'e1')}`), live] });
    successOf(await connection.client.openStream());
    await again.promise;
    expect(connection.server.of('GET').map(({ headers }) => headers['last-event-id'])).toEqual([undefined, 'e1']);
  });

  it('says so when it ends for good', async () => {
    const ended = promised<Failure>();
    await using connection = await connected(
      { GET: stream(() => event(CHANGED)) },
      { observer: { stoppedListening: ended.resolve } },
    );
    successOf(await connection.client.openStream());
    expect(await ended.promise).toMatchObject({ kind: 'connection' });
    expect(connection.server.of('GET')).toHaveLength(1);
  });

  it('does not open sessions for ever when each one is lost on it', async () => {
    let sessions = 0;
    const ended = promised<Failure>();
    const script: Script = {
      initialize: (arrived, response) => {
        sessions += 1;
        response.setHeader('mcp-session-id', `session-${sessions}`);
        result(initializeResult('2025-11-25'))(arrived, response);
      },
      GET: (arrived, response) =>
        (arrived.headers['last-event-id'] === undefined ? stream(() => 'id: 1\nretry: 1\ndata:\n\n') : status(404))(
          arrived,
          response,
        ),
    };
    await using connection = await connected(script, { observer: { stoppedListening: ended.resolve } });
    const { client, server } = connection;
    successOf(await client.openStream());
    expect(await ended.promise).toMatchObject({ kind: 'session-lost' });
    successOf(await client.ping());
    // Four streams of two GETs each, and the session after the last of them.
    expect(server.of('GET')).toHaveLength(8);
    expect(sessions).toBe(5);
  });
});
