import { describe, expect, it } from 'vitest';
import { type Told, traceOf } from '../judge/testing/trace-of.ts';
import { exchangeIn, exchangesOf, readExchanges, readJson } from './exchange.ts';

const PING = { jsonrpc: '2.0', id: 1, method: 'ping' };
const PONG = { jsonrpc: '2.0', id: 1, result: {} };
const NOTE = { jsonrpc: '2.0', method: 'notifications/message' };

function only(told: Told) {
  const [exchange] = exchangesOf(traceOf([told]));
  if (!exchange) throw new Error('the trace has no exchange');
  return exchange;
}

describe('an exchange', () => {
  it('holds what the events of the trace say', () => {
    const exchange = only({
      step: 3,
      client: 'b',
      method: 'PUT',
      sent: PING,
      status: 400,
      headers: [['X', 'y']],
      json: PONG,
    });
    expect(exchange).toMatchObject({
      id: 1,
      client: 'b',
      step: 3,
      method: 'PUT',
      url: 'http://127.0.0.1:1/mcp',
      startedAt: 10,
      response: {
        status: 400,
        at: 20,
        headers: [
          ['Content-Type', 'application/json'],
          ['X', 'y'],
        ],
      },
      end: { how: 'complete', at: 40, detail: null },
      sent: [{ value: PING, envelope: { kind: 'request' } }],
    });
    expect(Buffer.from(exchange.requestBody).toString()).toBe(JSON.stringify(PING));
  });

  it('may lack its response and its end', () => {
    expect(only({ status: null, end: null })).toMatchObject({ response: null, end: null, payload: { form: 'empty' } });
    expect(only({ status: null, end: 'broken', detail: 'ECONNRESET' }).end).toEqual({
      how: 'broken',
      at: 20,
      detail: 'ECONNRESET',
    });
  });

  it('sent nothing that could be read, where its body is no JSON', () => {
    const trace = traceOf([{}]);
    const events = trace.events.map((event) =>
      event.kind === 'request' ? { ...event, body: Buffer.from('{') } : event,
    );
    expect(readExchanges(events)[0]).toMatchObject({ sent: [], requestBody: Buffer.from('{') });
  });
});

describe('the exchanges of a trace', () => {
  const [first, second] = [traceOf([{ json: PONG }]), traceOf([{ client: 'x' }, { client: 'b', chunks: ['{}'] }])];
  const late = second.events.filter((event) => 'exchange' in event && event.exchange === 2);

  it('come in the order of their requests, however their events are mixed', () => {
    const [request, ...rest] = first.events;
    const mixed = [request, ...late, ...rest].flatMap((event) => event ?? []);
    expect(readExchanges(mixed).map(({ client, payload }) => [client, Buffer.from(payload.bytes).toString()])).toEqual([
      ['a', JSON.stringify(PONG)],
      ['b', '{}'],
    ]);
  });

  it('can be had one by one', () => {
    expect(exchangeIn(second.events, 2)).toEqual(exchangesOf(second)[1]);
    expect(exchangeIn(second.events, 3)).toBeUndefined();
  });

  it('are read once', () => {
    expect(exchangesOf(second)).toBe(exchangesOf(second));
  });
});

describe('the messages of an answer', () => {
  it('of JSON have the time of the last chunk', () => {
    const text = JSON.stringify(PONG);
    const { payload } = only({ chunks: [text.slice(0, 5), text.slice(5)] });
    expect(payload.messages).toMatchObject([
      { value: PONG, envelope: { kind: 'success' }, at: 40, event: null, batched: false },
    ]);
  });

  it('of a stream have the time of the chunk that completes their event', () => {
    const { payload } = only({
      type: 'text/event-stream',
      chunks: [': hi\n\n', `data: ${JSON.stringify(NOTE)}`, '\n', `\ndata: ${JSON.stringify([PONG, 5])}\n`, '\n'],
    });
    expect(payload.events.map(({ at, data, comments }) => [at, data, comments.length])).toEqual([
      [30, null, 1],
      [60, JSON.stringify(NOTE), 0],
      [70, JSON.stringify([PONG, 5]), 0],
    ]);
    expect(payload.messages).toMatchObject([
      { value: NOTE, at: 60, event: 1, batched: false },
      { value: PONG, at: 70, event: 2, batched: true },
      { value: 5, at: 70, event: 2, batched: true, envelope: { kind: 'broken', faults: ['not-an-object'] } },
    ]);
  });

  it('of an event that the end cut off are there all the same, and the problem is noted', () => {
    const { payload } = only({ type: 'text/event-stream', chunks: [`data: ${JSON.stringify(PONG)}`] });
    expect(payload.messages).toMatchObject([{ value: PONG, at: 30, event: 0 }]);
    expect(payload.events).toMatchObject([{ terminated: false }]);
    expect(payload.sseProblems).toMatchObject([{ kind: 'unterminated-event' }]);
  });
});

describe('what ought to be JSON and is not', () => {
  it('is kept with the reason, for a body', () => {
    expect(only({ chunks: ['{"a":'] }).payload.unreadable).toEqual([
      { event: null, text: '{"a":', why: expect.stringMatching(/JSON/) },
    ]);
    expect(only({ chunks: [Uint8Array.of(0x22, 0xff, 0x22)] }).payload.unreadable).toEqual([
      { event: null, text: '"\ufffd"', why: 'not valid UTF-8' },
    ]);
  });

  it('is kept with its event, for a stream', () => {
    const { payload } = only({ type: 'text/event-stream', chunks: ['data: {}\n\ndata: [DONE]\n\ndata:\n\n'] });
    expect(payload.unreadable).toEqual([{ event: 1, text: '[DONE]', why: expect.any(String) }]);
    expect(payload.messages).toHaveLength(1);
  });

  it('is nothing, where a body says that it is something else', () => {
    expect(only({ type: 'text/plain', chunks: ['no'] }).payload).toMatchObject({
      form: 'other',
      unreadable: [],
      messages: [],
    });
  });
});

describe('the form of a body', () => {
  it.each([
    ['application/json', '', 'empty'],
    ['application/json', 'x', 'json'],
    ['application/json; charset=utf-8', '{}', 'json'],
    ['text/event-stream', '', 'sse'],
    ['TEXT/EVENT-STREAM', '{}', 'sse'],
    ['text/html', '<p>', 'other'],
    ['text/html', '  \n{"a":1}', 'json'],
    ['text/html', '[1]', 'json'],
    ['text/plain', 'data: {}', 'sse'],
    ['text/plain', 'event: x', 'sse'],
    ['text/plain', 'id: 1', 'sse'],
    ['text/plain', 'retry: 1', 'sse'],
    ['text/plain', 'dated: today', 'other'],
    [null, '{}', 'json'],
    [null, 'x', 'other'],
    [null, '', 'empty'],
  ])('of %s that reads %j is %s', (type, body, form) => {
    expect(only({ type, chunks: body ? [body] : [] }).payload.form).toBe(form);
  });
});

describe('JSON', () => {
  it.each([
    ['{"a":[1,null]}', { a: [1, null] }],
    [' 5 ', 5],
    ['"\\ud800"', '\ud800'],
  ])('%s is read', (text, value) => {
    expect(readJson(Buffer.from(text))).toEqual({ ok: true, value });
  });

  it.each(['', ' ', '{', 'undefined', '{}{}', "{'a':1}", '\ufeff{}', 'NaN', '[1,]'])('%j is none', (text) => {
    expect(readJson(Buffer.from(text))).toEqual({ ok: false, why: expect.any(String) });
  });
});
