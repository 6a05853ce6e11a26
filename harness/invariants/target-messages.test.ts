import { describe, expect, it } from 'vitest';
import {
  carrierOf,
  isAccepted,
  isMessageEvent,
  isPlain,
  isResuming,
  isStream,
  isWellFormedSending,
  targetMessages,
} from './target-messages.ts';
import { notification, request, result } from './testing/messages.ts';
import { viewOf, type WrittenExchange } from './testing/trace-builder.ts';

const sent = request(1, 'ping');
const read = (written: WrittenExchange) => {
  const view = viewOf('2025-11-25', [written]);
  const [exchange] = view.exchanges;
  if (!exchange) throw new Error('the trace is empty');
  return { view, exchange };
};
const exchangeOf = (written: WrittenExchange) => read(written).exchange;
const countIn = (written: WrittenExchange) => targetMessages(exchangeOf(written)).length;

describe('answers', () => {
  it.each([
    [0, false],
    [199, false],
    [200, true],
    [299, true],
    [300, false],
    [404, false],
  ])('with status %i accept: %s', (status, expected) => {
    expect(isAccepted(exchangeOf({ sent, status }))).toBe(expected);
  });

  it.each([
    [200, 'text/event-stream; charset=utf-8', true],
    [400, 'text/event-stream', false],
    [200, 'application/json', false],
    [200, null, false],
  ])('with status %i and type %s are streams: %s', (status, type, expected) => {
    expect(isStream(exchangeOf({ sent, status, type, body: '' }))).toBe(expected);
  });

  it.each([
    ['identity', true],
    [' Identity', true],
    ['', true],
    ['gzip', false],
  ])('coded as "%s" are plain: %s', (coding, expected) => {
    expect(isPlain(exchangeOf({ sent, answerHeaders: { 'Content-Encoding': coding } }))).toBe(expected);
  });

  it('resume where a GET says after which event', () => {
    expect(isResuming(exchangeOf({ method: 'GET', headers: { 'last-event-id': '' } }))).toBe(true);
    expect(isResuming(exchangeOf({ method: 'GET' }))).toBe(false);
    expect(isResuming(exchangeOf({ sent, headers: { 'Last-Event-ID': '1' } }))).toBe(false);
  });
});

describe('what was sent', () => {
  it.each<[string, WrittenExchange, boolean]>([
    ['one message', { sent }, true],
    ['nothing', {}, false],
    ['a malformed message', { sent: { method: 5 } }, false],
    ['a batch where there are none', { sent: [sent] }, false],
    ['a message by GET', { method: 'GET', sent }, false],
  ])('is well-formed with %s: %s', (_, written, expected) => {
    const { exchange, view } = read(written);
    expect(isWellFormedSending(exchange, view)).toBe(expected);
  });
});

describe('messages of the target', () => {
  it.each<[string, WrittenExchange, number]>([
    ['the body of an answer to a request', { sent, json: { ok: true } }, 1],
    [
      'a body that calls itself JSON-RPC, whatever its type and status',
      { sent, status: 500, type: 'text/plain', json: result(1) },
      1,
    ],
    ['no other body of a refusal', { sent, status: 400, json: { ok: false } }, 0],
    ['no other body of another type', { sent, type: 'text/plain', json: { ok: true } }, 0],
    ['no other answer to a notification', { sent: notification('notifications/x'), json: { ok: true } }, 0],
    ['no other answer to DELETE', { method: 'DELETE', json: { ok: true } }, 0],
    [
      'every event of a stream without a name of its own',
      { method: 'GET', events: [{ data: 1 }, { event: 'message', data: 2 }, { event: 'ping', data: 3 }] },
      2,
    ],
    [
      'an event of another name that calls itself JSON-RPC',
      { method: 'GET', events: [{ event: 'ping', data: result(1) }] },
      1,
    ],
    ['nothing of a compressed body', { sent, json: result(1), answerHeaders: { 'Content-Encoding': 'br' } }, 0],
  ])('are %s', (_, written, count) => {
    expect(countIn(written)).toBe(count);
  });

  it('are told from each other by the text that carried them', () => {
    const written = {
      method: 'GET',
      events: [{ data: result(1) }, { data: result(1) }, { data: [result(1), result(1)] }],
    };
    const carriers = targetMessages(exchangeOf(written)).map(carrierOf);
    expect(carriers[0]).toBe(carriers[1]);
    expect(new Set(carriers).size).toBe(3);
    expect(carrierOf(targetMessages(exchangeOf({ sent, json: result(1) }))[0] ?? never())).not.toBe(carriers[0]);
  });

  it.each([
    [null, true],
    ['', true],
    ['message', true],
    ['ping', false],
  ])('come in events named %j: %s', (name, expected) => {
    expect(isMessageEvent(name)).toBe(expected);
  });
});

function never(): never {
  throw new Error('there is no message');
}
