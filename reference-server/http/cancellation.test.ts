import type { Dispatcher } from 'undici';
import { describe, expect, it, vi } from 'vitest';
import type { Json, JsonObject } from '../../spec/messages.ts';
import {
  call,
  type Driver,
  drive,
  eventsIn,
  type HeaderFields,
  messagesIn,
  objectIn,
  postHeaders,
} from '../testing/driver.ts';

const slow = (id: string | number) => call(id, 'assay_slow', { ms: 60_000 });
const cancelled = (requestId: Json) => ({
  jsonrpc: '2.0',
  method: 'notifications/cancelled',
  params: { requestId, reason: 'enough' },
});

function begin(driver: Driver, session: HeaderFields, message: JsonObject, signal?: AbortSignal) {
  return driver.begin('POST', { ...postHeaders, ...session }, JSON.stringify(message), '/mcp', signal);
}

/** Waits until a request is in flight: while it is, its id cannot be used again. */
async function inFlight(driver: Driver, session: HeaderFields, id: Json) {
  const ping = async () => (await driver.post({ jsonrpc: '2.0', id, method: 'ping' }, session)).status;
  await vi.waitUntil(async () => (await ping()) === 400, 10_000);
}

async function textOf({ body }: Dispatcher.ResponseData) {
  return body.text();
}

describe('a request that is cancelled', () => {
  it('ends its stream without a response', async () => {
    const driver = await drive({ answers: 'sse' });
    const session = await driver.openSession();
    const answer = await begin(driver, session, slow(1));
    expect((await driver.post(cancelled(1), session)).status).toBe(202);
    expect(eventsIn(await textOf(answer))).toEqual([{ id: expect.any(String), event: undefined, data: '' }]);
    expect(driver.log).toContainEqual({ session: 's1', event: 'request-cancelled', reason: 'enough' });
  });

  it.each(['auto', 'json'] as const)(
    'is answered with an empty stream, where JSON was to come (%s)',
    async (answers) => {
      const driver = await drive({ answers });
      const session = await driver.openSession();
      const answer = begin(driver, session, slow(1));
      await inFlight(driver, session, 1);
      await driver.post(cancelled(1), session);
      const { statusCode, headers, body } = await answer;
      expect([statusCode, headers['content-type']]).toEqual([200, 'text/event-stream']);
      expect(messagesIn(await body.text())).toEqual([]);
    },
  );

  it('reports no more progress', async () => {
    const driver = await drive();
    const session = await driver.openSession();
    const args = { steps: 100, delay_ms: 100 };
    const answer = await begin(driver, session, call('p', 'assay_progress', args, { _meta: { progressToken: 0 } }));
    await driver.post(cancelled('p'), session);
    const messages = messagesIn(await textOf(answer));
    expect(messages.length).toBeLessThan(100);
    for (const message of messages) expect(message).toHaveProperty('method', 'notifications/progress');
  });

  it('is forgotten: its id can be used again', async () => {
    const driver = await drive({ answers: 'sse' });
    const session = await driver.openSession();
    const answer = await begin(driver, session, slow(1));
    await driver.post(cancelled(1), session);
    await textOf(answer);
    const again = await driver.post({ jsonrpc: '2.0', id: 1, method: 'ping' }, session);
    expect(messagesIn(again.text)).toEqual([{ jsonrpc: '2.0', id: 1, result: {} }]);
  });
});

describe('a cancellation', () => {
  it.each<Json>(['1', 2, null, {}, 1.5])('of %j leaves the request 1 alone', async (requestId) => {
    const driver = await drive();
    const session = await driver.openSession();
    const answer = begin(driver, session, call(1, 'assay_slow', { ms: 300 }));
    await inFlight(driver, session, 1);
    expect((await driver.post(cancelled(requestId), session)).status).toBe(202);
    expect(JSON.parse(await textOf(await answer))).toMatchObject({ id: 1, result: {} });
  });

  it('without params is ignored', async () => {
    const driver = await drive();
    const session = await driver.openSession();
    const bare = { jsonrpc: '2.0', method: 'notifications/cancelled' };
    expect((await driver.post(bare, session)).status).toBe(202);
    expect(driver.log).toContainEqual({ session: 's1', event: 'cancellation-ignored' });
  });

  it('reaches no other session', async () => {
    const driver = await drive();
    const [mine, other] = [await driver.openSession(), await driver.openSession()];
    const answer = begin(driver, mine, call(1, 'assay_slow', { ms: 300 }));
    await inFlight(driver, mine, 1);
    await driver.post(cancelled(1), other);
    expect(JSON.parse(await textOf(await answer))).toMatchObject({ id: 1, result: {} });
  });
});

it('answers other requests while one takes its time', async () => {
  const driver = await drive();
  const session = await driver.openSession();
  const controller = new AbortController();
  const answer = begin(driver, session, slow(1), controller.signal);
  await inFlight(driver, session, 1);
  expect(objectIn(await driver.post({ jsonrpc: '2.0', id: 2, method: 'ping' }, session))).toMatchObject({ result: {} });
  controller.abort();
  await expect(answer).rejects.toThrow();
});

it('does not take a lost connection for a cancellation', async () => {
  const driver = await drive();
  const session = await driver.openSession();
  const controller = new AbortController();
  const answer = begin(driver, session, call(1, 'assay_slow', { ms: 500 }), controller.signal);
  await inFlight(driver, session, 1);
  controller.abort();
  await expect(answer).rejects.toThrow();
  await vi.waitUntil(() => driver.log.some(({ event, complete }) => event === 'http' && complete === false), 10_000);
  // Still in flight, although nobody is there to hear the answer; and done in the end.
  expect((await driver.post({ jsonrpc: '2.0', id: 1, method: 'ping' }, session)).status).toBe(400);
  const ping = async () => (await driver.post({ jsonrpc: '2.0', id: 1, method: 'ping' }, session)).status;
  await vi.waitUntil(async () => (await ping()) === 200, 10_000);
  expect(driver.log).not.toContainEqual(expect.objectContaining({ event: 'request-cancelled' }));
});

it('gives a request the error -32603 when its session is ended', async () => {
  const driver = await drive();
  const session = await driver.openSession();
  const answer = begin(driver, session, slow(1));
  await inFlight(driver, session, 1);
  await driver.request('DELETE', session);
  expect(JSON.parse(await textOf(await answer))).toMatchObject({ id: 1, error: { code: -32603 } });
});

it('gives a request the error -32603 when the server shuts down', async () => {
  const driver = await drive();
  const session = await driver.openSession();
  const answer = begin(driver, session, slow(1));
  await inFlight(driver, session, 1);
  await driver.server.close();
  expect(JSON.parse(await textOf(await answer))).toMatchObject({ id: 1, error: { code: -32603 } });
});
