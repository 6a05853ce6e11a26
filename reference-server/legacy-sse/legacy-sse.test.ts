import { describe, expect, it, onTestFinished } from 'vitest';
import type { JsonObject } from '../../spec/messages.ts';
import {
  call,
  codeIn,
  type Driver,
  drive,
  eventsIn,
  type HeaderFields,
  initialize,
  OpenStream,
} from '../testing/driver.ts';
import { SchemaJudge } from '../testing/schema-judge.ts';

const json = { 'content-type': 'application/json' };

/** Opens a connection; gives its stream, and how to post to it. */
async function open(driver: Driver) {
  const controller = new AbortController();
  const fields = { accept: 'text/event-stream' };
  const stream = new OpenStream(await driver.begin('GET', fields, undefined, '/sse', controller.signal));
  await stream.seen('\n\n');
  const endpoint = eventsIn(stream.text)[0]?.data ?? '';
  return {
    controller,
    stream,
    endpoint,
    post: (message: unknown, headers: HeaderFields = json) =>
      driver.request('POST', headers, typeof message === 'string' ? message : JSON.stringify(message), endpoint),
    messages: () =>
      eventsIn(stream.text)
        .filter(({ event }) => event === 'message')
        .map(({ data }): JsonObject => JSON.parse(data)),
  };
}

const ping = (id: number) => ({ jsonrpc: '2.0', id, method: 'ping' });

describe('the transport of 2024-11-05', () => {
  it('says first where to post, takes messages there, and answers on the stream', async () => {
    const judge = new SchemaJudge('2024-11-05');
    onTestFinished(() => expect(judge.problems).toEqual([]));
    const driver = await drive({ seams: judge.seams });
    const { stream, endpoint, post, messages } = await open(driver);
    expect(eventsIn(stream.text)).toEqual([{ event: 'endpoint', data: endpoint, id: undefined }]);
    expect(endpoint).toMatch(/^\/messages\?sessionId=[\x21-\x7e]{32,}$/);
    expect(await post(initialize('2024-11-05'))).toMatchObject({ status: 202, text: '' });
    await stream.seen('"init"');
    expect(messages()).toMatchObject([{ id: 'init', result: { protocolVersion: '2024-11-05' } }]);
    expect((await post({ jsonrpc: '2.0', method: 'notifications/initialized' })).status).toBe(202);
    await post(call(1, 'assay_progress', { steps: 2 }, { _meta: { progressToken: 't' } }));
    await stream.seen('Finished');
    expect(messages().slice(1)).toMatchObject([
      { params: { progressToken: 't', progress: 1 } },
      { params: { progress: 2 } },
      { id: 1, result: {} },
    ]);
    for (const { params } of messages().slice(1, 3)) expect(params).not.toHaveProperty('message');
    expect(stream.text).not.toMatch(/^(id|retry):/m);
  });

  it('speaks 2024-11-05 and no other revision', async () => {
    const { stream, post, messages } = await open(await drive());
    await post(initialize('2025-11-25'));
    await stream.seen('"init"');
    expect(messages()).toMatchObject([{ result: { protocolVersion: '2024-11-05' } }]);
    expect(messages()[0]).not.toHaveProperty('result.capabilities.completions');
  });

  it('refuses what is no message, and goes on', async () => {
    const driver = await drive({ maxBodyBytes: 1000 });
    const { stream, post } = await open(driver);
    for (const [message, code, headers] of [
      ['{', -32700, json],
      ['5', -32600, json],
      [[ping(1)], -32600, json],
      [ping(1), -32600, { 'content-type': 'text/plain' }],
      [{ ...ping(1), params: { x: 'x'.repeat(2000) } }, -32600, json],
      [ping(1), -32600, { ...json, origin: 'http://evil.example' }],
    ] as const) {
      const answered = await post(message, headers);
      expect(answered.status).toBeGreaterThanOrEqual(400);
      expect(codeIn(answered)).toBe(code);
    }
    await post(ping(2));
    await stream.seen('"id":2');
  });

  it('knows no connection but those that are open', async () => {
    const driver = await drive();
    const { controller, stream, post, endpoint } = await open(driver);
    expect((await driver.request('POST', json, JSON.stringify(ping(1)), '/messages')).status).toBe(404);
    expect((await driver.request('POST', json, JSON.stringify(ping(1)), `${endpoint}x`)).status).toBe(404);
    expect((await driver.request('GET', {}, undefined, '/messages')).status).toBe(405);
    expect((await driver.request('POST', json, '{}', '/sse')).status).toBe(405);
    controller.abort();
    await expect(stream.end()).rejects.toThrow();
    const gone = async () => (await post(ping(1))).status;
    await expect.poll(gone).toBe(404);
  });

  it('keeps connections apart', async () => {
    const driver = await drive();
    const [mine, other] = [await open(driver), await open(driver)];
    await mine.post(initialize('2024-11-05'));
    await mine.stream.seen('"init"');
    expect(other.messages()).toEqual([]);
    await other.post({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
    await other.stream.seen('"id":1');
    expect(other.messages()).toMatchObject([{ id: 1, error: { code: -32600 } }]);
  });

  it('answers what is in flight and ends its streams when the server closes', async () => {
    const driver = await drive();
    const { stream, post, messages } = await open(driver);
    await post(initialize('2024-11-05'));
    await post(call(1, 'assay_slow', { ms: 60_000 }));
    await post(ping(2));
    await stream.seen('"id":2');
    await driver.server.close();
    await stream.end();
    expect(messages().at(-1)).toMatchObject({ id: 1, error: { code: -32603 } });
  });

  it('is not there without its revision', async () => {
    const driver = await drive({ revisions: ['2025-11-25'] });
    expect(driver.server.sseUrl).toBeUndefined();
    expect((await driver.request('GET', { accept: 'text/event-stream' }, undefined, '/sse')).status).toBe(404);
    const alone = await drive({ revisions: ['2024-11-05'] });
    expect((await alone.post(initialize('2024-11-05'))).status).toBe(404);
  });
});
