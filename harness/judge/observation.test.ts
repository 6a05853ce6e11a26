import { describe, expect, it } from 'vitest';
import type { Json } from '../../spec/messages.ts';
import { exchangesOf } from '../trace/exchange.ts';
import { observe } from './observation.ts';
import { type Told, traceOf } from './testing/trace-of.ts';

const PING = { jsonrpc: '2.0', id: 1, method: 'ping' };
const PONG = { jsonrpc: '2.0', id: 1, result: {} };
const NO = { code: -32600, message: 'No' };
const ERROR = { jsonrpc: '2.0', id: 1, error: NO };
const NOTE = { jsonrpc: '2.0', method: 'notifications/message', params: {} };

function seen(told: Told) {
  const [exchange] = exchangesOf(traceOf([{ sent: PING, ...told }]));
  if (!exchange) throw new Error('the trace has no exchange');
  return observe(exchange);
}

describe('a JSON answer', () => {
  it('is seen in all its parts', () => {
    expect(seen({ json: PONG, headers: [['MCP-Session-ID', 'abc']] })).toEqual({
      ending: 'complete',
      form: 'json',
      status: 200,
      headers: { 'content-type': 'application/json', 'mcp-session-id': 'abc' },
      mediaType: 'application/json',
      body: JSON.stringify(PONG),
      session: 'abc',
      json: PONG,
      messages: [PONG],
      responses: [PONG],
      response: PONG,
      result: {},
      closedAfter: 10,
    });
  });

  it('may be an error, with any status', () => {
    const answer = seen({ status: 400, json: ERROR });
    expect(answer).toMatchObject({ status: 400, error: NO, response: ERROR });
    expect(answer).not.toHaveProperty('result');
  });

  it('is the same in several chunks, cut in a character', () => {
    const bytes = Buffer.from(JSON.stringify({ ...PONG, result: { a: 'ü' } }));
    const cut = bytes.indexOf(0xc3) + 1;
    expect(seen({ chunks: [bytes.subarray(0, cut), bytes.subarray(cut)] })).toMatchObject({ result: { a: 'ü' } });
  });

  it('is read although its Content-Type is missing or wrong', () => {
    for (const type of [null, 'text/plain', 'text/html; charset=utf-8']) {
      expect(seen({ type, json: PONG })).toMatchObject({ form: 'json', result: {} });
    }
    expect(seen({ type: null, json: PONG })).not.toHaveProperty('mediaType');
  });

  it.each<[string, readonly (string | Uint8Array)[]]>([
    ['cut off', ['{"jsonrpc":"2.0","id":1,']],
    ['not UTF-8', ['{"jsonrpc":"2.0","id":1,"result":{"a":"', Uint8Array.of(0xff), '"}}']],
    ['begun by a byte order mark', [`\ufeff${JSON.stringify(PONG)}`]],
    ['an event stream that says it is JSON', [`data: ${JSON.stringify(PONG)}\n\n`]],
  ])('that is %s has no JSON and no messages', (_, chunks) => {
    const answer = seen({ chunks });
    expect(answer).toMatchObject({ form: 'json', status: 200, messages: [], responses: [] });
    for (const part of ['json', 'result', 'error', 'response', 'closedAfter']) expect(answer).not.toHaveProperty(part);
  });

  it('that is no message is JSON all the same', () => {
    expect(seen({ json: { hello: 'world' } })).toMatchObject({ json: { hello: 'world' }, responses: [] });
    expect(seen({ json: 5 })).toMatchObject({ json: 5, messages: [5], responses: [] });
  });
});

describe('an event stream', () => {
  it('is seen in all its parts', () => {
    const answer = seen({ events: [NOTE, PONG] });
    expect(answer).toMatchObject({
      form: 'sse',
      messages: [NOTE, PONG],
      responses: [PONG],
      result: {},
      closedAfter: 10,
    });
    expect(answer).not.toHaveProperty('json');
    expect(answer.events).toEqual(
      [NOTE, PONG].map((message) => ({
        event: null,
        data: JSON.stringify(message),
        id: null,
        retry: null,
        comments: [],
      })),
    );
  });

  it('shows event, id, retry and comments', () => {
    expect(seen({ type: 'text/event-stream', chunks: [': hi\nid: 1\nevent: x\nretry: 5\ndata:\n\n'] })).toMatchObject({
      events: [{ event: 'x', data: '', id: '1', retry: 5, comments: ['hi'] }],
      messages: [],
    });
  });

  it('is read although its Content-Type is missing', () => {
    expect(seen({ type: null, chunks: [`event: message\ndata: ${JSON.stringify(PONG)}\n\n`] })).toMatchObject({
      form: 'sse',
      result: {},
    });
  });

  it('is an event stream when it is empty', () => {
    expect(seen({ type: 'text/event-stream', end: null })).toMatchObject({
      form: 'sse',
      events: [],
      messages: [],
      body: '',
    });
  });

  it('has the response of an event that the end cut off', () => {
    expect(seen({ type: 'text/event-stream', chunks: [`data: ${JSON.stringify(PONG)}\n`] })).toMatchObject({
      result: {},
    });
  });

  it('with data that is no JSON has the other messages', () => {
    expect(
      seen({ type: 'text/event-stream', chunks: ['data: {\n\n', `data: ${JSON.stringify(PONG)}\n\n`] }),
    ).toMatchObject({
      messages: [PONG],
      result: {},
    });
  });

  it('that the server did not end has no time of its end', () => {
    for (const end of ['closed-by-harness', 'timeout', 'broken', null] as const) {
      expect(seen({ events: [PONG], end })).not.toHaveProperty('closedAfter');
    }
  });
});

describe('an answer that carries no message', () => {
  it.each<[string, Told, object]>([
    ['nothing', { status: 202, type: null }, { status: 202, form: 'empty', body: '' }],
    ['nothing, as JSON', { type: 'application/json' }, { form: 'empty', body: '', mediaType: 'application/json' }],
    ['a page', { type: 'text/html', chunks: ['<!doctype html>'] }, { form: 'other', body: '<!doctype html>' }],
    ['bytes', { type: 'image/png', chunks: [Uint8Array.of(0xff)] }, { form: 'other', body: '\ufffd' }],
  ])('%s', (_, told, expected) => {
    const answer = seen(told);
    expect(answer).toMatchObject({ ...expected, messages: [], responses: [] });
    for (const part of ['json', 'events', 'response', 'result', 'error']) expect(answer).not.toHaveProperty(part);
  });

  it('no answer at all shows its ending and nothing else', () => {
    for (const end of ['refused', 'broken', 'timeout', 'limit'] as const) {
      expect(seen({ status: null, end })).toEqual({ ending: end, form: 'empty', messages: [], responses: [] });
    }
  });

  it('an exchange that has not ended counts as closed by the harness', () => {
    expect(seen({ status: null, end: null })).toMatchObject({ ending: 'closed-by-harness' });
  });
});

describe('the response to the request', () => {
  const other = (id: Json) => ({ jsonrpc: '2.0', id, result: { other: true } });
  it.each<[string, Json, readonly Json[], Json | undefined]>([
    ['has its id', PING, [other(2), PONG, other(3)], PONG],
    ['has its id with its type', { ...PING, id: '1' }, [PONG, { ...PONG, id: '1' }], { ...PONG, id: '1' }],
    ['is the only one, whatever its id', PING, [other(2)], other(2)],
    ['is the only one, without an id', PING, [{ jsonrpc: '2.0', error: NO }], { jsonrpc: '2.0', error: NO }],
    ['is none of several with other ids', PING, [other(2), other(3)], undefined],
    ['is no notification and no request', PING, [NOTE, { ...PING, method: 'x' }], undefined],
    ['has the id null where the request had it', { ...PING, id: null }, [other(2), other(null)], other(null)],
    ['is the first to a batch', [PING, { ...PING, id: 2 }], [NOTE, other(2), PONG], other(2)],
  ])('%s', (_, sent, messages, expected) => {
    expect(seen({ sent, events: messages }).response).toEqual(expected);
  });

  it('may be malformed, and shows the members that it has', () => {
    const both = { id: 1, result: null, error: 'no' };
    const shown = seen({ json: both });
    expect(shown).toMatchObject({ response: both, error: 'no' });
    expect(shown, 'a response with an error is no success').not.toHaveProperty('result');
  });
});

it('a batch shows as JSON and as its messages', () => {
  const batch = [PONG, { ...PONG, id: 2 }];
  expect(seen({ sent: [PING, { ...PING, id: 2 }], json: batch })).toMatchObject({
    json: batch,
    messages: batch,
    responses: batch,
    response: PONG,
  });
});

it('several headers of one name are joined, in lower case', () => {
  expect(
    seen({
      json: PONG,
      headers: [
        ['Vary', 'a'],
        ['VARY', 'b'],
      ],
    }).headers,
  ).toMatchObject({ vary: 'a, b' });
});

it('the length of a body changes nothing', () => {
  const text = 'x'.repeat(1_000_000);
  expect(seen({ json: { ...PONG, result: { text } } })).toMatchObject({ result: { text } });
});
