import { describe, expect, it } from 'vitest';
import { callsIn, conversationOf, isCalledOff, resultOf } from './conversation.ts';
import { confirmed, failure, notification, opened, request, result } from './testing/messages.ts';
import { viewOf, type WrittenExchange } from './testing/trace-builder.ts';

const revision = '2025-11-25';
const sessionsOf = (...exchanges: WrittenExchange[]) => {
  const { sessions } = conversationOf(viewOf(revision, exchanges));
  return sessions.map(({ id, exchanges: own }) => ({ id, exchanges: own.map((one) => one.id) }));
};
const callOf = (...exchanges: WrittenExchange[]) => {
  const view = viewOf(revision, exchanges);
  const [session] = conversationOf(view).sessions;
  const [call] = session?.calls ?? [];
  if (!session || !call) throw new Error('the trace holds no request');
  return { session, call };
};

describe('sessions', () => {
  it('go by the id that was issued and then sent', () => {
    const [open, other] = ['s', 't'].map((session) => opened({ revision, session }));
    expect(sessionsOf(open ?? {}, other ?? {}, { session: 's', sent: request(1, 'ping') })).toEqual([
      { id: 's', exchanges: [1, 3] },
      { id: 't', exchanges: [2] },
    ]);
  });

  it('go by the client where there are no ids', () => {
    expect(sessionsOf(opened({ revision }), { client: 'b', sent: request(1, 'ping') }, confirmed())).toEqual([
      { id: null, exchanges: [1, 3] },
      { id: null, exchanges: [2] },
    ]);
  });

  it('leave out what was fetched from other addresses', () => {
    const view = viewOf(revision, [{ sent: request(1, 'ping') }, { sent: request(2, 'ping') }]);
    const exchanges = view.exchanges.map((one, at) => (at ? { ...one, url: 'http://127.0.0.1:1/.well-known/x' } : one));
    expect(conversationOf({ ...view, exchanges }).exchanges.map(({ id }) => id)).toEqual([1]);
  });

  it('take every address that is not well-known where the one in the header hides something', () => {
    const view = viewOf(revision, [{ sent: request(1, 'ping') }, { method: 'GET' }]);
    const exchanges = view.exchanges.map((one, at) => ({
      ...one,
      url: at ? 'http://h/.well-known/x' : 'http://h/mcp?key=1',
    }));
    expect(conversationOf({ ...view, exchanges }).exchanges.map(({ id }) => id)).toEqual([1]);
  });

  it.each([
    ['stdio' as const, [{ sent: request(1, 'initialize'), lines: [result(1)] }]],
    ['http+sse' as const, [{ method: 'GET', events: [{ data: result(1) }] }, { sent: request(1, 'initialize') }]],
  ])('open over %s too', (transport, exchanges) => {
    const { sessions } = conversationOf(viewOf('2024-11-05', exchanges, transport));
    expect(sessions.flatMap(({ openings }) => openings).map((opening) => opening.result)).toEqual([{}]);
  });

  it('open with a result of initialize only', () => {
    const sent = request(1, 'initialize');
    const openings = (written: WrittenExchange) =>
      conversationOf(viewOf(revision, [written])).sessions.flatMap((session) => session.openings).length;
    expect(openings({ sent, json: result(1) })).toBe(1);
    expect(openings({ sent, json: failure(1) })).toBe(0);
    expect(openings({ sent: request(1, 'ping'), json: result(1) })).toBe(0);
  });
});

describe('requests', () => {
  it('are what has a method and an id, well-formed or not', () => {
    const sent = [
      request(1, 'a'),
      request(null, 'b'),
      { ...request(2, 'c'), params: [] },
      notification('d'),
      result(3),
      5,
    ];
    const [exchange] = viewOf('2025-03-26', [{ sent }]).exchanges;
    const calls = exchange ? callsIn(exchange) : [];
    expect(calls.map(({ method, wellFormed }) => [method, wellFormed])).toEqual([
      ['a', true],
      ['b', false],
      ['c', false],
    ]);
  });

  it.each<[string, WrittenExchange, unknown]>([
    [
      'the response with its id',
      { sent: request(1, 'm'), events: [{ data: result(2, 'no') }, { data: result(1, 'yes') }] },
      'yes',
    ],
    ['the only response there is, whatever its id', { sent: request(1, 'm'), json: result('1', 'yes') }, 'yes'],
    [
      'none of several under other ids',
      { sent: request(1, 'm'), events: [{ data: result(2) }, { data: result(3) }] },
      undefined,
    ],
    ['none in a batch under another id', { sent: [request(1, 'm'), notification('n')], json: result(2) }, undefined],
    ['no error', { sent: request(1, 'm'), json: failure(1) }, undefined],
  ])('have as result %s', (_, written, value) => {
    expect(resultOf(callOf(written).call)).toEqual(value);
  });

  it.each<[string, WrittenExchange, boolean]>([
    ['nothing happens', { session: 's', method: 'GET', at: 100 }, false],
    [
      'they are cancelled',
      { session: 's', sent: notification('notifications/cancelled', { requestId: 1 }), at: 100 },
      true,
    ],
    [
      'others are cancelled',
      { session: 's', sent: notification('notifications/cancelled', { requestId: '1' }), at: 100 },
      false,
    ],
    [
      'something else names their id',
      { session: 's', sent: notification('notifications/other', { requestId: 1 }), at: 100 },
      false,
    ],
    ['the session is ended meanwhile', { session: 's', method: 'DELETE', at: 100 }, true],
    ['the session is ended afterwards', { session: 's', method: 'DELETE', at: 900 }, false],
    ['another session is ended', { session: 't', method: 'DELETE', at: 100 }, false],
  ])('when %s are called off: %s', (_, meanwhile, expected) => {
    const { call, session } = callOf({ session: 's', sent: request(1, 'm'), events: [], endsAfter: 500 }, meanwhile);
    expect(isCalledOff(call, session)).toBe(expected);
  });
});
