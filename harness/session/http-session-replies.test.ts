import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { sendEvents, sendJson } from '../../fixtures/scripted/mcp-script.ts';
import type { ScriptedServer } from '../../fixtures/scripted/scripted-server.ts';
import type { Json } from '../../spec/messages.ts';
import { clientOf, ending, onPing, ordinary, PONG, ping } from '../testing/client-of.ts';
import { openSession } from './open-session.ts';

describe('what the server asks', () => {
  const asking = (...calls: Json[]) =>
    onPing((response) => {
      sendEvents(response, ...calls, PONG);
      response.end();
    });
  const answersTo = (server: ScriptedServer) =>
    server.asked
      .flatMap(({ message }) => ('method' in message || !('id' in message) ? [] : [message]))
      .sort((a, b) => String(a.id).localeCompare(String(b.id)));

  it('is answered: pings with nothing, methods as the case says, others with an error', async () => {
    const calls = [
      { jsonrpc: '2.0', id: 'a', method: 'ping' },
      [
        { jsonrpc: '2.0', id: 'b', method: 'roots/list' },
        { jsonrpc: '2.0', id: 3, method: 'sampling/createMessage' },
      ],
      { jsonrpc: '2.0', id: 'd', method: 'constructor' },
      { jsonrpc: '2.0', method: 'notifications/message' },
      { jsonrpc: '2.0', id: null, method: 'ping' },
    ];
    const { client, server, close } = await clientOf(asking(...calls), {
      answers: { 'roots/list': { roots: [] } },
      ordinary: { session: 'abc' },
    });
    await openSession(client);
    await client.send(ping());
    const all = await close();
    const refused = { code: -32601, message: expect.any(String) };
    expect(answersTo(server)).toEqual([
      { jsonrpc: '2.0', id: 3, error: refused },
      { jsonrpc: '2.0', id: 'a', result: {} },
      { jsonrpc: '2.0', id: 'b', result: { roots: [] } },
      { jsonrpc: '2.0', id: 'd', error: refused },
    ]);
    const replies = all.filter(({ sent }) =>
      sent.some(({ envelope }) => envelope.kind === 'success' || envelope.kind === 'failure'),
    );
    expect(replies.map(({ step, response }) => [step, response?.status])).toEqual(
      Array.from({ length: 4 }, () => [null, 202]),
    );
    for (const { requestHeaders } of replies) expect(requestHeaders).toContainEqual(['MCP-Session-Id', 'abc']);
  });

  it('is answered while the server still waits to answer', async () => {
    let waiting: ServerResponse | undefined;
    const { client, close } = await clientOf(({ message }, response) => {
      if (message.method === 'ping') {
        waiting = response;
        return sendEvents(response, { jsonrpc: '2.0', id: 'a', method: 'ping' });
      }
      if (waiting && message.id === 'a') {
        sendEvents(waiting, PONG);
        waiting.end();
      }
      return false;
    });
    await client.send(ping());
    expect(ending(await close())).toBe('complete');
  });

  it('in answer to each answer comes to an end all the same', async () => {
    const { client, server, close } = await clientOf((_, response) => {
      return sendJson(response, { jsonrpc: '2.0', id: 'again', method: 'ping' });
    });
    await client.send(ping());
    const all = await close();
    expect(all.length).toBe(server.asked.length);
    expect(all.every(({ end }) => end?.how === 'complete')).toBe(true);
  });

  it('in a stream without end comes to an end all the same', async () => {
    const { client, close } = await clientOf(
      onPing((response) => {
        let count = 0;
        const pour = () => {
          if (response.destroyed) return;
          count += 1;
          sendEvents(response, { jsonrpc: '2.0', id: count, method: 'ping' });
          setImmediate(pour);
        };
        pour();
      }),
      { limits: { events: 40 } },
    );
    await client.send(ping());
    expect(ending(await close())).toBe('limit');
  });
});

describe('the end of a client', () => {
  it('ends its session, and says nothing where it has none', async () => {
    for (const session of ['abc', undefined]) {
      const { client, server, close } = await clientOf(ordinary, { ordinary: session ? { session } : {} });
      await openSession(client);
      await close();
      expect(server.asked.map(({ method }) => method)).toEqual(session ? ['POST', 'DELETE'] : ['POST']);
    }
  });

  it('does not wait for a server that does not answer the farewell', async () => {
    const { client, close } = await clientOf(({ method }) => method === 'DELETE', {
      ordinary: { session: 'abc' },
      limits: { stepMs: 100 },
    });
    await openSession(client);
    expect((await close()).map(({ method, end }) => [method, end?.how])).toEqual([
      ['POST', 'complete'],
      ['DELETE', 'timeout'],
    ]);
  });
});

it('ids of a client are never used twice', async () => {
  const { client, close } = await clientOf(ordinary);
  const ids = Array.from({ length: 100 }, () => client.nextId());
  expect(new Set(ids).size).toBe(100);
  await close();
});
