import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../spec/messages.ts';
import type { Departure } from '../departure.ts';
import { departure, type Kind, kindOf } from './model.ts';

const V = { jsonrpc: '2.0' };
const PING = { ...V, id: 1, method: 'ping' };
const UNKNOWN = { ...V, id: 1, method: 'assay/x' };
const NOTE = { ...V, method: 'notifications/assay/x' };
const RESULT = { ...V, id: 1, result: {} };
const ERROR = { code: -32600, message: 'No' };

describe('a message is', () => {
  const kinds: [Kind, string, Json][] = [
    ['ping', 'a ping', PING],
    ['ping', 'a ping with the id 0', { ...PING, id: 0 }],
    ['ping', 'a ping with params', { ...PING, params: { x: 1 } }],
    ['ping', 'a ping with a member of its own', { ...PING, x: 1 }],
    ['unknown-method', 'a request', UNKNOWN],
    ['unknown-method', 'a request in another case', { ...PING, method: 'Ping' }],
    ['unknown-method', 'a request whose method names a notification', { ...NOTE, id: 'a' }],
    ['notification', 'a notification', NOTE],
    ['notification', 'a notification with params', { ...NOTE, params: {} }],
    ['notification', 'a ping without an id', { ...V, method: 'ping' }],
    ['response', 'a result', RESULT],
    ['response', 'an error', { ...V, id: 'a', error: ERROR }],
    ['response', 'an error without an id', { ...V, error: ERROR }],
    ['broken', 'null', null],
    ['broken', 'a number', 0],
    ['broken', 'a text', 'assay'],
    ['broken', 'an empty object', {}],
    ['broken', 'a request without a method', { ...V, id: 1 }],
    ['broken', 'a request whose method is a number', { ...PING, method: 0 }],
    ['broken', 'a notification whose method is null', { ...V, method: null }],
    ['doubtful', 'a batch', [PING]],
    ['doubtful', 'an empty batch', []],
    ['doubtful', 'params by position', { ...PING, params: [] }],
    ['doubtful', 'a notification with params by position', { ...NOTE, params: [1] }],
    ['doubtful', 'params that are a text', { ...PING, params: 'x' }],
    ['doubtful', 'no version', { id: 1, method: 'ping' }],
    ['doubtful', 'the id null', { ...PING, id: null }],
    ['doubtful', 'an id that is no id', { ...PING, id: {} }],
    ['doubtful', 'a method on a response', { ...PING, result: {} }],
    ['doubtful', 'result and error', { ...RESULT, error: ERROR }],
    ['doubtful', 'a result without an id', { ...V, result: {} }],
    ['doubtful', 'an error that is none', { ...V, id: 1, error: 'no' }],
  ];
  it.each(kinds)('%s: %s', (kind, _, message) => {
    expect(kindOf(message)).toBe(kind);
  });
});

const answer = {
  pong: { status: 200, result: {} },
  odd: { status: 200, result: 'pong' },
  error: { status: 200, error: ERROR },
  refusal: { status: 400, error: ERROR },
  badError: { status: 200, error: 'no' },
  bare400: { status: 400, body: '' },
  bare404: { status: 404, body: '' },
  bare202: { status: 202, body: '' },
  full202: { status: 202, body: '{}' },
  bare200: { status: 200, body: '' },
  redirect: { status: 302, body: '' },
  crash: { status: 500, body: 'oops' },
  nothing: { ending: 'broken' },
} satisfies { [name: string]: JsonObject };
type Name = keyof typeof answer;

const MESSAGES: { [kind in Kind]: Json } = {
  ping: PING,
  'unknown-method': UNKNOWN,
  notification: NOTE,
  response: RESULT,
  broken: {},
  doubtful: [],
};

/** For each kind: the answers that are allowed, and what all others break. */
const TABLE: { [kind in Kind]: { allowed: Name[]; breaks: string } } = {
  ping: { allowed: ['pong'], breaks: 'ping.respond' },
  'unknown-method': { allowed: ['error', 'refusal', 'bare400', 'bare404', 'redirect'], breaks: 'jsonrpc.follows-2.0' },
  notification: {
    allowed: ['bare202', 'error', 'refusal', 'badError', 'bare400', 'bare404', 'redirect'],
    breaks: 'http.post.notification-202',
  },
  response: {
    allowed: ['bare202', 'error', 'refusal', 'badError', 'bare400', 'bare404', 'redirect'],
    breaks: 'http.post.notification-202',
  },
  broken: { allowed: ['error', 'refusal', 'bare400', 'bare404', 'redirect'], breaks: 'jsonrpc.follows-2.0' },
  doubtful: {
    allowed: [
      'pong',
      'odd',
      'error',
      'refusal',
      'badError',
      'bare400',
      'bare404',
      'bare202',
      'full202',
      'bare200',
      'redirect',
    ],
    breaks: 'nothing',
  },
};

describe.each(Object.entries(TABLE))('a message of the kind %s', (kind, { allowed, breaks }) => {
  const message = MESSAGES[kind as Kind];
  const always: Name[] = ['crash', 'nothing'];
  const names = Object.keys(answer) as Name[];

  it('is what the table says', () => {
    expect(kindOf(message)).toBe(kind);
  });

  it.each(allowed)('may be answered: %s', (name) => {
    expect(departure(message, answer[name])).toBeNull();
  });

  it.each(names.filter((name) => !allowed.includes(name) && !always.includes(name)))(
    'may not be answered: %s',
    (name) => {
      expect(departure(message, answer[name])).toMatchObject({
        requirement: breaks,
        message: expect.stringMatching(/^\w/),
      });
    },
  );

  it('has to be answered at all', () => {
    expect(departure(message, answer.nothing)).toEqual({
      requirement: 'jsonrpc.follows-2.0',
      message: 'the message was not answered at all (broken)',
    });
  });

  it('is no reason for an error of the server, which is grave for a valid ping only', () => {
    const found: Departure | null = departure(message, answer.crash);
    expect(found).toMatchObject({ requirement: 'jsonrpc.follows-2.0' });
    expect(found?.message).toContain('HTTP 500');
    expect(found?.atMost).toBe(kind === 'ping' ? undefined : 'warn');
  });
});
