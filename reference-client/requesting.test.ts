import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../spec/messages.ts';
import { connected, failureOf, successOf } from './testing/connecting.ts';
import { event, openStream, responseTo, silence, stream } from './testing/scripted-server.ts';

describe('a request that takes too long', () => {
  it('is cancelled', async () => {
    await using connection = await connected({ 'tools/call': silence });
    const { client, server } = connection;
    const failure = failureOf(await client.callTool('slow', {}, { timeoutMs: 200 }));
    expect(failure).toEqual({ kind: 'timeout', method: 'tools/call', afterMs: 200 });
    const call = await server.arrival('tools/call');
    const { message } = await server.arrival('notifications/cancelled');
    expect(message).toEqual({
      jsonrpc: '2.0',
      method: 'notifications/cancelled',
      params: { requestId: call.message.id, reason: expect.any(String) },
    });
  });

  it('has the time limit of the client when it names none', async () => {
    await using connection = await connected({ ping: silence }, { timeoutMs: 1500 });
    expect(failureOf(await connection.client.ping())).toMatchObject({ kind: 'timeout', afterMs: 1500 });
  });

  it('is over: a response that comes later is ignored', async () => {
    let late: ServerResponse | undefined;
    await using connection = await connected({
      'tools/call': (_, response) => {
        late = openStream(response);
      },
    });
    const { client, server } = connection;
    expect(failureOf(await client.callTool('slow', {}, { timeoutMs: 200 }))).toMatchObject({ kind: 'timeout' });
    const call = await server.arrival('tools/call');
    late?.end(event(responseTo(call, { content: [] })));
    successOf(await client.ping());
    await client.close();
    expect(server.keys().filter((key) => key === 'response')).toEqual([]);
  });

  it('is cancelled before the session ends', async () => {
    await using connection = await connected({ 'tools/call': silence });
    const { client, server } = connection;
    await client.callTool('slow', {}, { timeoutMs: 200 });
    await client.close();
    expect(server.keys().slice(-2)).toEqual(['notifications/cancelled', 'DELETE']);
  });
});

describe('a request that is given up', () => {
  it('is cancelled, with the reason', async () => {
    await using connection = await connected({ 'tools/call': silence });
    const { client, server } = connection;
    const giveUp = new AbortController();
    const call = client.callTool('slow', {}, { signal: giveUp.signal });
    await server.arrival('tools/call');
    giveUp.abort('not needed any more');
    expect(failureOf(await call)).toEqual({ kind: 'cancelled', method: 'tools/call', reason: 'not needed any more' });
    expect((await server.arrival('notifications/cancelled')).message.params).toEqual({
      requestId: server.of('tools/call')[0]?.message.id,
      reason: expect.stringContaining('not needed any more'),
    });
  });

  it('is not sent when it was given up before', async () => {
    await using connection = await connected();
    const { client, server } = connection;
    expect(failureOf(await client.ping({ signal: AbortSignal.abort('no') }))).toMatchObject({ kind: 'cancelled' });
    expect(server.keys()).toEqual(['initialize', 'notifications/initialized']);
  });

  it('is not cancelled when it is answered', async () => {
    await using connection = await connected();
    const { client, server } = connection;
    const giveUp = new AbortController();
    successOf(await client.ping({ signal: giveUp.signal }));
    giveUp.abort();
    await client.close();
    expect(server.of('notifications/cancelled')).toEqual([]);
  });
});

describe('requests at the same time', () => {
  it('have ids and progress tokens of their own', async () => {
    const warnings: Error[] = [];
    process.on('warning', (warning) => warnings.push(warning));
    const open: { id: unknown; response: ServerResponse }[] = [];
    await using connection = await connected({
      'tools/call': (arrived, response) => {
        open.push({ id: arrived.message.id, response });
        if (open.length < 20) return;
        // The last call is answered first.
        for (const { id, response } of open.reverse()) {
          const answer = { jsonrpc: '2.0', id, result: { content: [{ type: 'text', text: `answer to ${id}` }] } };
          response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
        }
      },
    });
    const { client, server } = connection;
    const calls = Array.from({ length: 20 }, () => client.callTool('x', {}, { onProgress: () => {} }));
    const texts = (await Promise.all(calls)).map((outcome) => JSON.stringify(successOf(outcome).content));
    const sent = server.of('tools/call').map(({ message }) => message);
    expect(new Set(texts).size).toBe(20);
    expect(new Set(sent.map(({ id }) => id)).size).toBe(20);
    const tokens = sent.map(({ params }) => ((params as JsonObject)._meta as JsonObject).progressToken);
    expect(new Set(tokens).size).toBe(20);
    for (const token of tokens) expect(token).toEqual(expect.any(String));
    expect(warnings).toEqual([]);
  });
});

describe('progress', () => {
  it('reaches the request that asked for it, until that is answered', async () => {
    const progressOf = (token: unknown, progress: number) =>
      event({ method: 'notifications/progress', params: { progressToken: token as string, progress } });
    await using connection = await connected({
      'tools/call': stream((arrived) => {
        const token = ((arrived.message.params as JsonObject)._meta as JsonObject).progressToken;
        return (
          progressOf(token, 0.5) +
          progressOf('of someone else', 7) +
          event({ method: 'notifications/progress' }) +
          progressOf(token, 1) +
          event(responseTo(arrived, { content: [] })) +
          progressOf(token, 2)
        );
      }),
    });
    const { client } = connection;
    const seen: unknown[] = [];
    successOf(await client.callTool('x', {}, { onProgress: ({ progress }) => seen.push(progress) }));
    successOf(await client.ping());
    expect(seen).toEqual([0.5, 1]);
  });

  it('is not asked for when nobody wants it', async () => {
    await using connection = await connected();
    successOf(await connection.client.callTool('x', { a: 1 }));
    expect(connection.server.of('tools/call')[0]?.message.params).toEqual({ name: 'x', arguments: { a: 1 } });
  });
});
