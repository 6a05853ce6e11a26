import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../spec/messages.ts';
import type { AnswerMode } from '../options.ts';
import { call, drive, eventsIn, initialize, messagesIn, objectIn, postHeaders } from '../testing/driver.ts';

const progress = (id: string | number, token: Json, steps = 2) =>
  call(id, 'assay_progress', { steps }, { _meta: { progressToken: token } });

/** The messages of a progress call that went well. */
const progressed = (id: string | number, token: Json) => [
  ...[1, 2].map((step) => ({
    jsonrpc: '2.0',
    method: 'notifications/progress',
    params: { progressToken: token, progress: step, total: 2, message: `Step ${step} of 2` },
  })),
  { jsonrpc: '2.0', id, result: { content: [{ type: 'text', text: 'Finished 2 steps.' }] } },
];

describe('the form of an answer', () => {
  it.each<[AnswerMode, quick: string, withProgress: string]>([
    ['auto', 'application/json', 'text/event-stream'],
    ['json', 'application/json', 'application/json'],
    ['sse', 'text/event-stream', 'text/event-stream'],
  ])('with %s', async (answers, quick, withProgress) => {
    const driver = await drive({ answers });
    expect((await driver.post(initialize())).headers['content-type']).toBe(quick);
    const session = await driver.openSession();
    const typeOf = async (message: object) => (await driver.post(message, session)).headers['content-type'];
    expect(await typeOf({ jsonrpc: '2.0', id: 1, method: 'ping' })).toBe(quick);
    expect(await typeOf({ jsonrpc: '2.0', id: 2, method: 'nope' })).toBe(quick);
    expect(await typeOf(call(3, 'assay_progress'))).toBe(quick);
    expect(await typeOf(progress(4, 'token'))).toBe(withProgress);
  });

  it('is JSON for an initialize that fails, because there is no session', async () => {
    const driver = await drive({ answers: 'sse' });
    const answered = await driver.post({ ...initialize(), params: {} });
    expect(answered.headers['content-type']).toBe('application/json');
    expect(answered.headers).not.toHaveProperty('mcp-session-id');
  });
});

describe('a stream', () => {
  it.each<Json>(['tok-ü', '', 0, -1, 9007199254740991])('echoes the progress token %j', async (token) => {
    const driver = await drive();
    const answered = await driver.post(progress(1, token), await driver.openSession());
    expect(messagesIn(answered.text)).toEqual(progressed(1, token));
  });

  it.each(['2025-03-26', '2025-06-18'])('of %s has event ids, but no event that primes', async (revision) => {
    const driver = await drive();
    const answered = await driver.post(progress('a', 't'), await driver.openSession(revision));
    expect(eventsIn(answered.text).map(({ id, event }) => [id, event])).toEqual([
      ['1-0', 'message'],
      ['1-1', 'message'],
      ['1-2', 'message'],
    ]);
  });

  it('of 2025-11-25 begins with an id and no data, and no id comes twice in a session', async () => {
    const driver = await drive({ answers: 'sse' });
    const session = await driver.openSession();
    const texts = await Promise.all(
      ['a', 'b', 'c'].map(async (id) => (await driver.post(progress(id, id), session)).text),
    );
    for (const text of texts) expect(text).toMatch(/^id: \S+\ndata:\n\n/);
    const ids = texts.flatMap((text) => text.match(/^id: .+$/gm) ?? []);
    expect(ids).toHaveLength(12);
    expect(new Set(ids).size).toBe(12);
  });

  it('hands out the session id on the answer to initialize', async () => {
    const driver = await drive({ answers: 'sse' });
    const answered = await driver.post(initialize());
    expect(answered.headers['mcp-session-id']).toMatch(/^[\x21-\x7e]{20,}$/);
    expect(messagesIn(answered.text)).toMatchObject([{ id: 'init', result: { protocolVersion: '2025-11-25' } }]);
  });

  it('is not to be kept, changed or collected on its way', async () => {
    const driver = await drive();
    const { headers } = await driver.post(progress(1, 1), await driver.openSession());
    expect(headers).toMatchObject({ 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' });
  });
});

describe('a session id', () => {
  it.each([
    ['2025-03-26', 'Mcp-Session-Id'],
    ['2025-06-18', 'Mcp-Session-Id'],
    ['2025-11-25', 'MCP-Session-Id'],
  ])('is spelled as %s spells it', async (revision, name) => {
    const driver = await drive();
    const rawHeaders = await new Promise<string[]>((resolve, reject) => {
      const post = request(driver.server.url, { method: 'POST', headers: postHeaders }, (response) => {
        response.resume().on('end', () => resolve(response.rawHeaders));
      });
      post.on('error', reject).end(JSON.stringify(initialize(revision)));
    });
    expect(rawHeaders).toContain(name);
  });

  it('is on no other answer', async () => {
    const driver = await drive();
    const session = await driver.openSession();
    const answers = [
      await driver.post({ jsonrpc: '2.0', id: 1, method: 'tools/list' }, session),
      await driver.post(progress(2, 2), session),
      await driver.post({ jsonrpc: '2.0', method: 'x' }, session),
      await driver.post({ ...initialize(), params: {} }),
      await driver.request('DELETE', session),
    ];
    for (const { headers } of answers) expect(headers).not.toHaveProperty('mcp-session-id');
  });
});

it('echoes ids as they came', async () => {
  const driver = await drive();
  const session = await driver.openSession();
  for (const id of [0, -1, 1, '1', '', 'ünï\u0000\ud83d\ude00', 9007199254740991]) {
    const answered = await driver.post({ jsonrpc: '2.0', id, method: 'ping' }, session);
    expect(objectIn(answered)).toEqual({ jsonrpc: '2.0', id, result: {} });
  }
});

it('sends 202 with an empty body of a known length', async () => {
  const driver = await drive();
  const { headers, text } = await driver.post({ jsonrpc: '2.0', method: 'x' }, await driver.openSession());
  expect(text).toBe('');
  expect(headers).toMatchObject({ 'content-length': '0' });
  expect(headers).not.toHaveProperty('content-type');
});

it('refuses an id that is in flight, and answers the first request all the same', async () => {
  const driver = await drive();
  const session = await driver.openSession();
  const first = driver.begin(
    'POST',
    { ...session, 'content-type': 'application/json' },
    JSON.stringify(call('twin', 'assay_progress', { steps: 2, delay_ms: 200 }, { _meta: { progressToken: 1 } })),
  );
  const { body } = await first;
  const second = await driver.post({ jsonrpc: '2.0', id: 'twin', method: 'ping' }, session);
  expect(second.status).toBe(400);
  expect(objectIn(second)).toMatchObject({ id: 'twin', error: { code: -32600 } });
  expect(messagesIn(await body.text()).at(-1)).toMatchObject({ id: 'twin', result: {} });
});
