import { describe, expect, it, vi } from 'vitest';
import {
  call,
  type Driver,
  drive,
  eventsIn,
  type HeaderFields,
  messagesIn,
  OpenStream,
  postHeaders,
} from '../testing/driver.ts';

const get = (driver: Driver, session: HeaderFields, lastEventId?: string) =>
  driver.begin('GET', {
    accept: 'text/event-stream',
    ...session,
    ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
  });

const reading = async (driver: Driver, session: HeaderFields, lastEventId?: string) =>
  (await get(driver, session, lastEventId)).body.text();

/** Opens the stream of a call and goes away as soon as its first event is there; gives the id of that event. */
async function breakOff(driver: Driver, session: HeaderFields, message: unknown): Promise<string> {
  const controller = new AbortController();
  const fields = { ...postHeaders, ...session };
  const stream = new OpenStream(await driver.begin('POST', fields, JSON.stringify(message), '/mcp', controller.signal));
  await stream.seen('id: ');
  controller.abort();
  await expect(stream.end()).rejects.toThrow();
  return /^id: (\S+)$/m.exec(stream.text)?.[1] ?? '';
}

const progress = (id: string) =>
  call(id, 'assay_progress', { steps: 3, delay_ms: 50 }, { _meta: { progressToken: id } });

describe('a stream that breaks off', () => {
  it.each(['2025-03-26', '2025-06-18', '2025-11-25'])('goes on where the client left it (%s)', async (revision) => {
    const driver = await drive();
    const session = await driver.openSession(revision);
    const lost = await breakOff(driver, session, progress('a'));
    const messages = messagesIn(await reading(driver, session, lost));
    expect(messages.at(-1)).toMatchObject({ id: 'a', result: {} });
    expect(messages.map(({ params }) => (params as { progress?: number } | undefined)?.progress)).toEqual(
      revision === '2025-11-25' ? [1, 2, 3, undefined] : [2, 3, undefined],
    );
  });

  it('can be read again after it has ended, from any of its events', async () => {
    const driver = await drive({ answers: 'sse' });
    const session = await driver.openSession();
    const text = (await driver.post(progress('a'), session)).text;
    const events = eventsIn(text);
    for (const [index, { id }] of events.entries()) {
      expect(eventsIn(await reading(driver, session, id))).toEqual(events.slice(index + 1));
    }
  });

  it('is never replayed to another session, nor into another stream', async () => {
    const driver = await drive({ answers: 'sse' });
    const [mine, other] = [await driver.openSession(), await driver.openSession()];
    const ids = await Promise.all(
      ['a', 'b'].map(async (id) => eventsIn((await driver.post(progress(id), mine)).text)[0]?.id ?? ''),
    );
    const [a, b] = await Promise.all(ids.map(async (id) => messagesIn(await reading(driver, mine, id))));
    expect([a?.at(-1)?.id, b?.at(-1)?.id]).toEqual(['a', 'b']);
    const { body } = await get(driver, other, ids[0]);
    await driver.request('DELETE', other);
    expect(messagesIn(await body.text())).not.toContainEqual(expect.objectContaining({ id: 'a' }));
  });

  it.each(['', 'x', '9-9', '1-', '99999999999-1', '0-0'])('with the unknown id %j is a fresh stream', async (id) => {
    const driver = await drive();
    const session = await driver.openSession();
    const { statusCode, body } = await get(driver, session, id);
    expect(statusCode).toBe(200);
    await driver.request('DELETE', session);
    expect(await body.text()).toBe('');
  });

  it('is handed over to the connection that came last', async () => {
    const driver = await drive({ answers: 'sse' });
    const session = await driver.openSession();
    const fields = { ...postHeaders, ...session };
    const message = call('a', 'assay_slow', { ms: 500 });
    const first = new OpenStream(await driver.begin('POST', fields, JSON.stringify(message)));
    await first.seen('data:\n\n');
    const second = reading(driver, session, /^id: (\S+)$/m.exec(first.text)?.[1]);
    expect(messagesIn(await first.end())).toEqual([]);
    expect(messagesIn(await second)).toMatchObject([{ id: 'a', result: {} }]);
  });
});

describe('polling', () => {
  it('has the connection closed, and the answer ready for a client that comes back', async () => {
    const driver = await drive();
    const session = await driver.openSession();
    const { text } = await driver.post(call('p', 'assay_poll', { ms: 100, retry_ms: 30 }), session);
    const events = eventsIn(text);
    expect(text).toMatch(/^retry: 30$/m);
    expect(messagesIn(text)).toEqual([]);
    expect(events.map(({ id }) => id)).toHaveLength(2);
    expect(messagesIn(await reading(driver, session, events.at(-1)?.id))).toMatchObject([{ id: 'p', result: {} }]);
  });

  it.each([
    { answers: 'auto', revision: '2025-06-18' },
    { answers: 'json', revision: '2025-11-25' },
  ] as const)('is not there with $answers answers of $revision', async ({ answers, revision }) => {
    const driver = await drive({ answers });
    const session = await driver.openSession(revision);
    const { text } = await driver.post(call('p', 'assay_poll', { ms: 0 }), session);
    expect(JSON.parse(text)).toMatchObject({ id: 'p', result: {} });
  });
});

describe('messages that belong to no request', () => {
  const change = (id: string) => call(id, 'assay_change_lists', { list: 'tools' });

  it('wait for a stream, and go on one only', async () => {
    const driver = await drive();
    const session = await driver.openSession();
    await driver.post(change('a'), session);
    const streams = [await get(driver, session), await get(driver, session)];
    await driver.post(change('b'), session);
    await driver.request('DELETE', session);
    const [first, second] = await Promise.all(streams.map(async ({ body }) => messagesIn(await body.text()).length));
    expect([first, second]).toEqual([2, 2]);
  });

  it('are kept for a listener that broke off', async () => {
    const driver = await drive();
    const session = await driver.openSession();
    await driver.post(change('a'), session);
    const controller = new AbortController();
    const fields = { accept: 'text/event-stream', ...session };
    const stream = new OpenStream(await driver.begin('GET', fields, undefined, '/mcp', controller.signal));
    await stream.seen('list_changed');
    controller.abort();
    await expect(stream.end()).rejects.toThrow();
    await vi.waitUntil(() => driver.log.some(({ event, method }) => event === 'http' && method === 'GET'), 10_000);
    await driver.post(change('b'), session);
    const lost = eventsIn(stream.text).at(-1)?.id;
    const resumed = await get(driver, session, lost);
    await driver.request('DELETE', session);
    expect(messagesIn(await resumed.body.text())).toHaveLength(4 - messagesIn(stream.text).length);
  });

  it('of one session reach no other', async () => {
    const driver = await drive();
    const [mine, other] = [await driver.openSession(), await driver.openSession()];
    await driver.post(
      { jsonrpc: '2.0', id: 1, method: 'resources/subscribe', params: { uri: 'assay://counter' } },
      other,
    );
    const { body } = await get(driver, other);
    await driver.post(change('a'), mine);
    await driver.post(call('b', 'assay_update_resource'), mine);
    await driver.request('DELETE', other);
    expect(await body.text()).toBe('');
  });
});
