import type { Dispatcher } from 'undici';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Driver, drive, type HeaderFields, initialize, objectIn } from '../testing/driver.ts';

const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };

const listen = (driver: Driver, session: HeaderFields, signal?: AbortSignal) =>
  driver.begin('GET', { accept: 'text/event-stream', ...session }, undefined, '/mcp', signal);

const listening = (driver: Driver) =>
  driver.log.filter(({ event, method }) => event === 'http' && method === 'GET').length;

async function textOf({ body }: Dispatcher.ResponseData) {
  return body.text();
}

afterEach(() => {
  vi.useRealTimers();
});

describe('a session', () => {
  it('gets an id of its own that is hard to guess', async () => {
    const driver = await drive();
    const ids = await Promise.all([1, 2, 3].map(async () => (await driver.openSession())['mcp-session-id']));
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^[\x21-\x7e]{32,}$/);
  });

  it.each([
    ['nothing', undefined],
    ['no version', { capabilities: {}, clientInfo: { name: 'x', version: '1' } }],
    ['a version that is a number', { protocolVersion: 1, capabilities: {}, clientInfo: { name: 'x', version: '1' } }],
    [
      'null capabilities',
      { protocolVersion: '2025-11-25', capabilities: null, clientInfo: { name: 'x', version: '1' } },
    ],
    ['no client', { protocolVersion: '2025-11-25', capabilities: {} }],
  ])('is not opened by %s', async (_name, params) => {
    const driver = await drive();
    const answered = await driver.post({ jsonrpc: '2.0', id: 5, method: 'initialize', ...(params && { params }) });
    expect(answered.status).toBe(200);
    expect(objectIn(answered)).toMatchObject({ id: 5, error: { code: -32602 } });
    expect(answered.headers).not.toHaveProperty('mcp-session-id');
  });

  it('serves requests before the client says it is initialized', async () => {
    const driver = await drive();
    const { headers } = await driver.post(initialize());
    const session = { 'mcp-session-id': String(headers['mcp-session-id']) };
    expect((await driver.post(ping, session)).status).toBe(200);
    const listed = await driver.post({ jsonrpc: '2.0', id: 2, method: 'tools/list' }, session);
    expect(objectIn(listed)).toHaveProperty('result.tools');
    expect(driver.log).toContainEqual({ event: 'request-before-initialized', session: 's1', method: 'tools/list' });
    expect(driver.log).not.toContainEqual(expect.objectContaining({ method: 'ping' }));
  });

  it('is not changed by a second initialize', async () => {
    const driver = await drive();
    const session = await driver.openSession('2025-03-26');
    const again = await driver.post(initialize('2025-11-25'), session);
    expect(objectIn(again)).toMatchObject({ id: 'init', error: { code: -32600 } });
    expect((await driver.post([ping], session)).text).toBe(JSON.stringify([{ jsonrpc: '2.0', id: 1, result: {} }]));
  });

  it('ends with DELETE, for good', async () => {
    const driver = await drive();
    const session = await driver.openSession();
    const other = await driver.openSession();
    const ended = await driver.request('DELETE', session);
    expect([ended.status, ended.text]).toEqual([204, '']);
    expect((await driver.post(ping, session)).status).toBe(404);
    expect((await driver.request('GET', { accept: 'text/event-stream', ...session })).status).toBe(404);
    expect((await driver.request('DELETE', session)).status).toBe(404);
    expect((await driver.post(ping, other)).status).toBe(200);
  });

  it('ends when it is idle for too long', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const driver = await drive({ sessionTtlMs: 60_000 });
    const session = await driver.openSession();
    vi.advanceTimersByTime(60_000);
    expect((await driver.post(ping, session)).status).toBe(200);
    vi.advanceTimersByTime(60_001);
    expect((await driver.post(ping, session)).status).toBe(404);
  });

  it('gives way, when it is idle, to a new one', async () => {
    const driver = await drive({ maxSessions: 2 });
    const [first, second] = [await driver.openSession(), await driver.openSession()];
    await driver.post(ping, first);
    const third = await driver.openSession();
    const statuses = [first, second, third].map(async (session) => (await driver.post(ping, session)).status);
    expect(await Promise.all(statuses)).toEqual([200, 404, 200]);
  });

  it('that is busy gives way to nobody', async () => {
    const driver = await drive({ maxSessions: 1 });
    const session = await driver.openSession();
    const { body } = await listen(driver, session);
    const refused = await driver.post(initialize());
    expect([refused.status, refused.headers['retry-after']]).toEqual([503, '30']);
    expect(objectIn(refused)).toMatchObject({ id: 'init', error: { code: -32603 } });
    await driver.request('DELETE', session);
    await body.text();
    expect((await driver.post(initialize())).status).toBe(200);
  });
});

describe('a stream that a GET opens', () => {
  it('has its head at once, although nothing is sent', async () => {
    const driver = await drive();
    const { statusCode, headers, body } = await listen(driver, await driver.openSession());
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/event-stream']);
    expect(headers).toMatchObject({ 'cache-control': 'no-cache, no-transform' });
    body.destroy();
  });

  it('carries no response, may be one of several, and ends with the session', async () => {
    const driver = await drive();
    const session = await driver.openSession();
    const streams = [await listen(driver, session), await listen(driver, { ...session, 'last-event-id': '1-1' })];
    expect(streams.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    const call = { ...ping, method: 'tools/call', params: { name: 'assay_progress', _meta: { progressToken: 1 } } };
    expect((await driver.post(call, session)).text).toContain('"result"');
    await driver.request('DELETE', session);
    expect(await Promise.all(streams.map(textOf))).toEqual(['', '']);
  });

  it('ends when the server closes', async () => {
    const driver = await drive();
    const stream = await listen(driver, await driver.openSession());
    const [text] = await Promise.all([textOf(stream), driver.server.close()]);
    expect(text).toBe('');
  });

  it('keeps its session from being idle, until the client goes', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const driver = await drive({ sessionTtlMs: 60_000 });
    const session = await driver.openSession();
    const controller = new AbortController();
    const { body } = await listen(driver, session, controller.signal);
    vi.advanceTimersByTime(600_000);
    expect((await driver.post(ping, session)).status).toBe(200);
    vi.advanceTimersByTime(60_001);
    controller.abort();
    await expect(body.text()).rejects.toThrow();
    await vi.waitUntil(() => listening(driver) === 1, 10_000);
    expect((await driver.post(ping, session)).status).toBe(200);
    vi.advanceTimersByTime(60_001);
    expect((await driver.post(ping, session)).status).toBe(404);
  });
});

it('logs no session id', async () => {
  const driver = await drive();
  const session = await driver.openSession();
  await driver.post(ping, session);
  await driver.request('DELETE', session);
  expect(driver.log).toContainEqual({ event: 'session-ended', session: 's1', why: 'deleted by the client' });
  expect(JSON.stringify(driver.log)).not.toContain(session['mcp-session-id']);
});
