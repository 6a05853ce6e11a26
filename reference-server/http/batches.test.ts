import { describe, expect, it } from 'vitest';
import type { Json } from '../../spec/messages.ts';
import { call, drive, initialize, messagesIn, objectIn } from '../testing/driver.ts';

const ping = (id: Json) => ({ jsonrpc: '2.0', id, method: 'ping' });
const pong = (id: Json) => ({ jsonrpc: '2.0', id, result: {} });
const note = { jsonrpc: '2.0', method: 'notifications/x' };
const response = { jsonrpc: '2.0', id: 1, result: {} };
const invalid = { jsonrpc: '2.0', id: null, error: { code: -32600, message: expect.any(String) } };

async function batch(messages: unknown, revision = '2025-03-26') {
  const driver = await drive();
  return driver.post(messages, await driver.openSession(revision));
}

describe('a batch of 2025-03-26', () => {
  it('is answered with one response for each request', async () => {
    const answered = await batch([ping(1), note, ping('1'), { ...ping(2), method: 'nope' }]);
    expect(answered.status).toBe(200);
    expect(answered.headers['content-type']).toBe('application/json');
    const expected = [pong(1), pong('1'), { jsonrpc: '2.0', id: 2, error: expect.objectContaining({ code: -32601 }) }];
    expect(new Set(JSON.parse(answered.text))).toEqual(new Set(expected));
  });

  it('of one request is answered with an array of one', async () => {
    expect(JSON.parse((await batch([ping(1)])).text)).toEqual([pong(1)]);
  });

  it.each([
    ['notifications', [note, note]],
    ['responses', [response, response]],
  ])('of %s only is answered 202', async (_name, messages) => {
    expect(await batch(messages)).toMatchObject({ status: 202, text: '' });
  });

  it('has an error for each element that is no message', async () => {
    const mixed = await batch([1, ping(1)]);
    expect([mixed.status, JSON.parse(mixed.text)]).toEqual([200, [invalid, pong(1)]]);
    const bad = await batch([1, 2, note]);
    expect([bad.status, JSON.parse(bad.text)]).toEqual([400, [invalid, invalid]]);
  });

  it.each([
    ['nothing', []],
    ['responses and requests', [response, ping(1)]],
    ['initialize', [initialize('2025-03-26'), ping(1)]],
    ['too many messages', Array(101).fill(note)],
  ])('of %s is refused as a whole', async (_name, messages) => {
    const answered = await batch(messages);
    expect(answered.status).toBe(400);
    expect(objectIn(answered)).toEqual(invalid);
  });

  it('with initialize opens no session', async () => {
    const driver = await drive();
    const answered = await driver.post([initialize('2025-03-26')]);
    expect(answered.status).toBe(400);
    expect(answered.headers).not.toHaveProperty('mcp-session-id');
  });

  it('without a session is refused', async () => {
    const driver = await drive();
    expect((await driver.post([ping(1)])).status).toBe(400);
  });

  it('is answered with a stream when something precedes a response', async () => {
    const answered = await batch([
      ping(1),
      call(2, 'assay_progress', { steps: 1, delay_ms: 50 }, { _meta: { progressToken: 't' } }),
    ]);
    expect(answered.headers['content-type']).toBe('text/event-stream');
    expect(messagesIn(answered.text)).toEqual([
      pong(1),
      expect.objectContaining({ method: 'notifications/progress' }),
      expect.objectContaining({ id: 2, result: expect.anything() }),
    ]);
  });

  it('has no response for a request that it cancels itself', async () => {
    const cancel = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 'slow' } };
    const answered = await batch([call('slow', 'assay_slow', { ms: 60_000 }), cancel, ping(1)]);
    expect(JSON.parse(answered.text)).toEqual([pong(1)]);
  });
});

it.each([
  ['2025-06-18', invalid],
  ['2025-11-25', { jsonrpc: '2.0', error: invalid.error }],
])('%s has no batches', async (revision, expected) => {
  const answered = await batch([ping(1)], revision);
  expect(answered.status).toBe(400);
  expect(objectIn(answered)).toEqual(expected);
});
