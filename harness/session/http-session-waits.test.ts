import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { type Exception, sendEvents } from '../../fixtures/scripted/mcp-script.ts';
import type { Json } from '../../spec/messages.ts';
import { clientOf, ending, onPing, ordinary, PING, PONG, ping, post } from '../testing/client-of.ts';

/** Answers every request with the beginning of a stream. */
const streams =
  (...messages: Json[]): Exception =>
  (_, response) =>
    sendEvents(response, ...messages);

describe('the wait for an answer', () => {
  it('ends with a JSON body', async () => {
    const { client, close } = await clientOf(ordinary);
    await client.send(ping());
    expect(ending(await close())).toBe('complete');
  });

  it('ends with a stream that the server ends', async () => {
    const { client, close } = await clientOf(
      onPing((response) => {
        sendEvents(response, PONG);
        response.end();
      }),
    );
    await client.send(ping({ hold: 10_000 }));
    expect(ending(await close())).toBe('complete');
  });

  it('ends soon after the response where the stream goes on', async () => {
    const { client, close } = await clientOf(
      onPing((response) => sendEvents(response, PONG)),
      { limits: { graceMs: 1 } },
    );
    await client.send(ping());
    const all = await close();
    expect(ending(all)).toBe('closed-by-harness');
    expect(all[0]?.payload.messages).toHaveLength(1);
  });

  it('goes on for all awaited responses', async () => {
    const other = { ...PONG, id: 'q' };
    const { client, close } = await clientOf(
      (_, response) => {
        sendEvents(response, PONG);
        setImmediate(() => sendEvents(response, other));
        return true;
      },
      { limits: { graceMs: 1 } },
    );
    await client.send(post([PING, { ...PING, id: 'q' }], { awaits: ['p', 'q'] }));
    expect((await close())[0]?.payload.messages.map(({ value }) => value)).toEqual([PONG, other]);
  });

  it('holds on for what comes after the response', async () => {
    const note = { jsonrpc: '2.0', method: 'notifications/message' };
    const { client, close } = await clientOf(
      onPing((response) => {
        sendEvents(response, PONG);
        setImmediate(() => {
          sendEvents(response, note);
          response.end();
        });
      }),
    );
    await client.send(ping({ hold: 10_000 }));
    expect((await close())[0]?.payload.messages.map(({ value }) => value)).toEqual([PONG, note]);
  });

  it.each<[string, Exception]>([
    ['an answer that never begins', () => true],
    [
      'a JSON body that never ends',
      (_, response) => response.writeHead(200, { 'Content-Type': 'application/json' }).write('{'),
    ],
    ['a stream that stays silent', streams()],
    ['a stream that carries another message', streams({ jsonrpc: '2.0', method: 'x' })],
  ])('times out with the step: %s', async (_, exception) => {
    const { client, close } = await clientOf(exception, { limits: { stepMs: 150, graceMs: 1 } });
    await client.send(ping());
    expect(ending(await close())).toBe('timeout');
  });

  it('times out with the step where comments come without end', async () => {
    const { client, close } = await clientOf(
      (_, response) => {
        sendEvents(response);
        const timer = setInterval(() => response.write(': still here\n\n'), 5);
        response.on('close', () => clearInterval(timer));
        return true;
      },
      { limits: { stepMs: 150 } },
    );
    await client.send(ping());
    expect(ending(await close())).toBe('timeout');
  });

  it('ends at the limit where events come without end', async () => {
    const { client, close } = await clientOf(
      (_, response) => {
        sendEvents(response);
        const pour = () => {
          if (!response.destroyed) response.write(': x\n\n', () => setImmediate(pour));
        };
        pour();
        return true;
      },
      { limits: { events: 50 } },
    );
    await client.send(ping());
    const all = await close();
    expect(ending(all)).toBe('limit');
    expect(all[0]?.payload.events.length).toBeGreaterThan(50);
  });

  it('is short for a notification that is answered with a stream', async () => {
    const { client, close } = await clientOf(streams(), { limits: { graceMs: 1 } });
    await client.send(post({ jsonrpc: '2.0', method: 'notifications/initialized' }));
    expect(ending(await close())).toBe('closed-by-harness');
  });

  it('ends with the connection', async () => {
    const { client, close } = await clientOf((_asked, _response, socket) => Boolean(socket.destroy()));
    await client.send(ping());
    expect(ending(await close())).toBe('broken');
  });
});

describe('a stream that is left open', () => {
  it('is read, and what it asks is answered, until the client closes', async () => {
    let answered = () => {};
    const replied = new Promise<void>((resolve) => {
      answered = resolve;
    });
    let stream: ServerResponse | undefined;
    const { client, exchanges, close } = await clientOf(({ method, message }, response) => {
      if (message.id === 's' && message.method === undefined) answered();
      if (method !== 'GET') return false;
      stream = response;
      return sendEvents(response);
    });
    await client.send({ step: 0, method: 'GET', keepOpen: true });
    expect(exchanges()[0]).toMatchObject({ response: { status: 200 }, end: null });
    if (stream) sendEvents(stream, { jsonrpc: '2.0', id: 's', method: 'ping' });
    await replied;
    const all = await close();
    expect(all.map(({ method, end }) => [method, end?.how])).toEqual([
      ['GET', 'closed-by-harness'],
      ['POST', 'complete'],
    ]);
    expect(all[0]?.payload.messages).toHaveLength(1);
  });

  it('may be refused', async () => {
    const { client, close } = await clientOf(ordinary);
    await client.send({ step: 0, method: 'GET', keepOpen: true });
    expect((await close())[0]).toMatchObject({ response: { status: 405 }, end: { how: 'complete' } });
  });

  it('is not left open where it never begins', async () => {
    const { client, close } = await clientOf(() => true, { limits: { stepMs: 100 } });
    await client.send({ step: 0, method: 'GET', keepOpen: true });
    expect(ending(await close())).toBe('timeout');
  });
});
