import { describe, expect, it, onTestFinished } from 'vitest';
import { type SseException, startSseScript, writeEvent } from '../../fixtures/scripted/sse-script.ts';
import { traceOf } from '../judge/testing/trace-of.ts';
import { type Limits, limitsFor } from '../target/limits.ts';
import { ping, post } from '../testing/client-of.ts';
import { exchangesOf } from '../trace/exchange.ts';
import { Recorder } from '../trace/trace.ts';
import { openPool } from '../transport/pool.ts';
import { isObject } from '../wire/json-rpc.ts';
import type { Surroundings } from './http-session.ts';
import { confirmSession, openSession } from './open-session.ts';
import { SseSession } from './sse-session.ts';

/** A client of a server over HTTP+SSE that does what `exception` says and is ordinary for the rest. */
async function clientOf(
  exception?: SseException,
  { limits = {}, ...more }: Partial<Omit<Surroundings, 'limits'>> & { limits?: Partial<Limits> } = {},
) {
  const server = await startSseScript(exception);
  const pool = openPool();
  onTestFinished(() => pool.destroy());
  onTestFinished(server.close);
  const recorder = new Recorder();
  const client = new SseSession('a', {
    pool,
    recorder,
    target: { url: server.url, credentials: [['Authorization', 'Bearer hidden-token']] },
    limits: { ...limitsFor(30_000), ...limits },
    revision: '2024-11-05',
    capabilities: {},
    answers: {},
    ...more,
  });
  /** Closes everything; then each exchange has exactly one end and no connection is left. */
  const close = async () => {
    await client.close();
    await pool.destroy();
    await server.idle();
    const all = exchangesOf({ header: traceOf([]).header, events: recorder.events });
    for (const { id } of all) {
      const ends = recorder.events.filter((event) => event.kind === 'end' && event.exchange === id);
      expect(ends, `ends of exchange ${id}`).toHaveLength(1);
    }
    return all;
  };
  return { client, server, close };
}

describe('over HTTP+SSE', () => {
  it('connects, posts to the endpoint, and finds each answer on the stream', async () => {
    const { client, server, close } = await clientOf();
    await openSession(client);
    await confirmSession(client);
    await client.send(ping());
    const all = await close();
    expect(server.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /sse',
      'POST /messages?id=1',
      'POST /messages?id=1',
      'POST /messages?id=1',
    ]);
    expect(all.map(({ method, stream, payload, end }) => [method, stream, payload.messages.length, end?.how])).toEqual([
      ['GET', null, 0, 'closed-by-harness'],
      ['POST', 1, 1, 'complete'],
      ['POST', 1, 0, 'complete'],
      ['POST', 1, 1, 'complete'],
    ]);
    expect(all[0]?.payload.events.map(({ event }) => event)).toEqual(['endpoint']);
    expect(JSON.stringify(all)).not.toContain('hidden-token');
  });

  it('gives each of two requests its own answer, whatever the order', async () => {
    const held: (() => void)[] = [];
    const { client, close } = await clientOf(({ asked, response, say }) => {
      if (asked.method !== 'POST') return false;
      held.push(() => say({ jsonrpc: '2.0', id: asked.message.id ?? null, result: { of: asked.message.id ?? null } }));
      response.writeHead(202).end();
      if (held.length === 2) for (const answer of held.reverse()) answer();
      return true;
    });
    const both = [1, 2].map((id) => client.send(post({ jsonrpc: '2.0', id, method: 'ping' }, { awaits: [id] })));
    await Promise.all(both);
    const [, ...posts] = await close();
    expect(posts.map(({ sent, payload }) => [sent[0]?.value, payload.messages.map(({ value }) => value)])).toEqual(
      posts.map(({ sent }) => {
        const id = isObject(sent[0]?.value) ? (sent[0].value.id ?? null) : null;
        return [sent[0]?.value, [{ jsonrpc: '2.0', id, result: { of: id } }]];
      }),
    );
  });

  it('answers what the server asks, with a POST', async () => {
    const { client, server, close } = await clientOf(({ asked, response, say }) => {
      if (asked.message.method !== 'ping') return false;
      say({ jsonrpc: '2.0', id: 'mine', method: 'ping' });
      say({ jsonrpc: '2.0', id: asked.message.id ?? null, result: {} });
      response.writeHead(202).end();
      return true;
    });
    await client.send(ping());
    await expect.poll(() => server.asked.at(-1)?.message).toEqual({ jsonrpc: '2.0', id: 'mine', result: {} });
    await close();
  });

  it('sends nothing to another origin, credentials least of all', async () => {
    const other = await startSseScript();
    onTestFinished(other.close);
    const { client, server, close } = await clientOf(({ asked, response }) => {
      if (asked.method !== 'GET') return false;
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      writeEvent(response, 'endpoint', new URL('/messages', other.url).href);
      return true;
    });
    await openSession(client);
    await client.send(ping());
    expect((await close()).map(({ method }) => method)).toEqual(['GET']);
    expect(server.asked).toHaveLength(1);
    expect(other.asked).toEqual([]);
  });

  it('does not wait long for an answer to what was refused', async () => {
    const { client, close } = await clientOf(({ asked, response }) => {
      if (asked.method !== 'POST') return false;
      response.writeHead(400, { 'Content-Type': 'application/json' });
      response.end('{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"no"}}');
      return true;
    });
    await client.send(ping());
    const [, refused] = await close();
    expect(refused?.end?.how).toBe('complete');
    expect(refused?.payload.messages).toHaveLength(1);
  });

  it('does not take the body of a POST that was accepted for an answer', async () => {
    const { client, close } = await clientOf(
      ({ asked, response }) => {
        if (asked.method !== 'POST') return false;
        response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"jsonrpc":"2.0","id":"p","result":{}}');
        return true;
      },
      { limits: { stepMs: 300 } },
    );
    await client.send(ping());
    const [, answered] = await close();
    expect([answered?.end?.how, answered?.payload.messages]).toEqual(['timeout', []]);
  });

  it('sees that the stream breaks off', async () => {
    const { client, close } = await clientOf(({ asked, response, stream }) => {
      if (asked.message.method !== 'ping') return false;
      response.writeHead(202).end();
      stream?.destroy();
      return true;
    });
    await client.send(ping());
    expect((await close()).map(({ end }) => end?.how)).toEqual(['broken', 'broken']);
  });

  it('bounds the events of a stream', async () => {
    const { client, close } = await clientOf(
      ({ asked, response, say }) => {
        if (asked.message.method !== 'ping') return false;
        response.writeHead(202).end();
        for (let at = 0; at < 50; at += 1) say({ jsonrpc: '2.0', method: 'notifications/message', params: {} });
        return true;
      },
      { limits: { events: 20 } },
    );
    await client.send(ping());
    expect((await close()).map(({ end }) => end?.how)).toEqual(['limit', 'limit']);
  });

  it('looks at other requests without connecting', async () => {
    const { client, server, close } = await clientOf();
    await client.send({ step: 0, method: 'GET', headers: { Origin: 'https://assay.invalid' } });
    await client.send({ step: 1, method: 'DELETE' });
    expect((await close()).map(({ response, payload }) => [response?.status, payload.events.length])).toEqual([
      [200, 1],
      [405, 0],
    ]);
    expect(server.asked[0]?.headers).toContainEqual(['Origin', 'https://assay.invalid']);
  });
});
