import { describe, expect, it } from 'vitest';
import { jsonRpcResponseIds } from './jsonrpc-response-ids.ts';
import { rawIds } from './raw-ids.ts';
import { failure, notification, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';

const sent = request(1, 'ping');
const RESULT = 'jsonrpc.result.same-id';
const ERROR = 'jsonrpc.error.same-id';

describe('ids of responses', () => {
  holdsAgainst(jsonRpcResponseIds, [
    { shows: 'the id of the request', exchanges: [{ sent, json: result(1) }], says: [`kept ${RESULT} #1`] },
    {
      shows: 'the id of the request on an error',
      exchanges: [{ sent, status: 400, json: failure(1) }],
      says: [`kept ${ERROR} #1`],
    },
    {
      shows: 'a string in place of the integer',
      exchanges: [{ sent, json: result('1') }],
      says: [`broken ${RESULT} #1`],
    },
    {
      shows: 'an integer in place of the string',
      exchanges: [{ sent: request('1', 'ping'), json: failure(1) }],
      says: [`broken ${ERROR} #1`],
    },
    {
      shows: 'an integer that came back as 1.0',
      exchanges: [{ sent, type: 'application/json', body: '{"jsonrpc":"2.0","result":{"id":2},"id":1.0}' }],
      says: [`broken ${RESULT} #1 (warn)`],
    },
    {
      shows: 'an integer that came back as 1e0 in a stream',
      exchanges: [{ sent, events: [{ data: '{"jsonrpc":"2.0","id":1e0,"error":{"code":1,"message":""}}' }] }],
      says: [`broken ${ERROR} #1 (warn)`],
    },
    {
      shows: 'a result without an id',
      exchanges: [{ sent, json: { jsonrpc: '2.0', result: {} } }],
      says: [`broken ${RESULT} #1`],
    },
    {
      shows: 'an error without an id in an accepting answer',
      exchanges: [
        { sent, json: failure(undefined) },
        { sent, json: failure(null) },
      ],
      says: [`broken ${ERROR} #1`, `broken ${ERROR} #2`],
    },
    {
      shows: 'an error with an id of its own, even in a refusal',
      exchanges: [{ sent, status: 406, json: failure('server-error') }],
      says: [`broken ${ERROR} #1`],
    },
    {
      shows: 'an invented id where none could be read: a warning',
      exchanges: [{ text: '{', status: 400, json: failure(0) }],
      says: [`broken ${ERROR} #1 (warn)`],
    },
    {
      shows: 'the response to another request of the session',
      exchanges: [
        { session: 's', sent: request(1, 'ping'), end: null, events: [] },
        { session: 's', sent: request(2, 'ping'), events: [{ data: result(1) }] },
      ],
      says: [`broken ${RESULT} #2`],
    },
    {
      shows: 'a response on a resumed stream to no request of the session',
      exchanges: [
        { session: 's', sent, events: [{ id: '1', data: '' }] },
        { session: 's', method: 'GET', headers: { 'Last-Event-ID': '1' }, events: [{ data: result(9) }] },
      ],
      says: [`broken ${RESULT} #2`],
    },
    {
      shows: 'a response on a resumed stream to a request of the session',
      exchanges: [
        { session: 's', sent, events: [{ id: '1', data: '' }] },
        { session: 's', method: 'GET', headers: { 'Last-Event-ID': '1' }, events: [{ data: result(1) }] },
      ],
      says: [`kept ${RESULT} #2`],
    },
    {
      shows: 'silence on the id of what was no request',
      exchanges: [
        { sent: { jsonrpc: '2.0', id: 7 }, status: 400, json: failure(7) },
        { text: '{"id":7', status: 400, json: failure(7) },
      ],
      says: [],
    },
    {
      shows: 'the second of a batch that came back as 2.0',
      revision: '2025-03-26',
      exchanges: [
        {
          sent: [sent, request(2, 'ping')],
          type: 'application/json',
          body: '[{"jsonrpc":"2.0","id":1,"result":{}},{"jsonrpc":"2.0","id":2.0,"result":{}}]',
        },
      ],
      says: [`broken ${RESULT} #1 (warn)`],
    },
    {
      shows: 'the response to another request, in a batch',
      revision: '2025-03-26',
      exchanges: [{ sent: [sent, request(2, 'ping')], json: [result(1), result(3)] }],
      says: [`broken ${RESULT} #1`],
    },
    {
      shows: 'silence on a batch of which one request is malformed',
      revision: '2025-03-26',
      exchanges: [{ sent: [sent, { ...request(2, 'ping'), params: [] }], json: [result(3)] }],
      says: [],
    },
    {
      shows: 'a response on the one stream of the older transport',
      revision: '2024-11-05',
      transport: 'http+sse',
      exchanges: [{ method: 'GET', at: 5_000, events: [{ data: result(1) }] }, { sent }],
      says: [`kept ${RESULT} #1`],
    },
    {
      shows: 'a foreign id on the one stream of the older transport',
      revision: '2024-11-05',
      transport: 'http+sse',
      exchanges: [{ method: 'GET', at: 5_000, events: [{ data: result(2) }] }, { sent }],
      says: [`broken ${RESULT} #1`],
    },
    {
      shows: 'the ids of requests over stdio',
      transport: 'stdio',
      exchanges: [
        { sent, lines: [] },
        { sent: request(2, 'ping'), lines: [result(2), result(1)] },
      ],
      says: [`kept ${RESULT} #1`, `kept ${RESULT} #2`],
    },
    {
      shows: 'an id beside others over stdio, and no text in place of it',
      transport: 'stdio',
      exchanges: [{ sent, lines: [{ level: 30, id: 'server-1' }, { id: 1.5 }, result(1)] }],
      says: [`kept ${RESULT} #1`],
    },
    {
      shows: 'an id of no request over stdio',
      transport: 'stdio',
      exchanges: [{ sent, lines: [result('1')] }],
      says: [`broken ${RESULT} #1`],
    },
    {
      shows: 'an error without an id over stdio',
      transport: 'stdio',
      exchanges: [{ sent, lines: [failure(null)] }],
      says: [`broken ${ERROR} #1`],
    },
    {
      shows: 'silence on an error without an id after something malformed over stdio',
      transport: 'stdio',
      exchanges: [
        { text: '{', lines: [] },
        { sent: { ...request(7, 'ping'), params: [] }, lines: [] },
        { sent, lines: [failure(null)] },
      ],
      says: [],
    },
    {
      shows: 'silence on a foreign id after text over stdio that some servers read all the same',
      transport: 'stdio',
      exchanges: [
        { text: '{"id":7,', lines: [] },
        { sent, lines: [result(7), result(1)] },
      ],
      says: [`kept ${RESULT} #2`],
    },
    {
      shows: 'silence on a response to a notification over stdio',
      transport: 'stdio',
      exchanges: [
        { sent, lines: [] },
        { sent: notification('notifications/x'), lines: [result(null), failure(null)] },
      ],
      says: [],
    },
    { shows: 'silence on a refusal without an id', exchanges: [{ sent, status: 400, json: failure(null) }], says: [] },
    {
      shows: 'silence where the request was malformed',
      exchanges: [
        { sent: { jsonrpc: '1.0', id: 1, method: 'ping' }, json: failure(null) },
        { sent: request(1.5, 'ping'), json: failure(null) },
      ],
      says: [],
    },
    {
      shows: 'silence on params that no revision knows',
      exchanges: [{ sent: { ...sent, params: [] }, json: failure(null) }],
      says: [],
    },
    { shows: 'silence on a batch refused as a whole', exchanges: [{ sent: [sent], json: failure(null) }], says: [] },
    {
      shows: 'silence on integers that JSON readers may round',
      exchanges: [{ text: '{"jsonrpc":"2.0","id":9007199254740993,"method":"ping"}', json: result(7) }],
      says: [],
    },
    {
      shows: 'silence on responses to notifications',
      exchanges: [{ sent: notification('notifications/x'), json: result(1) }],
      says: [],
    },
    {
      shows: 'silence on a GET stream, where no response belongs',
      exchanges: [{ method: 'GET', events: [{ data: result(1) }] }],
      says: [],
    },
    {
      shows: 'silence on a copy of a response: that is a broadcast',
      exchanges: [
        { session: 's', sent, events: [{ data: result(1) }] },
        { session: 's', sent: request(2, 'ping'), events: [{ data: result(1) }, { data: result(2) }] },
      ],
      says: [`kept ${RESULT} #1`, `kept ${RESULT} #2`],
    },
  ]);
});

describe('ids as they are spelled', () => {
  it.each([
    ['{"id":1.0,"result":{"id":2}}', ['1.0']],
    ['{"result":{"id":2,"a":[{"id":3}]},"x":"\\"id\\":4", "id" : 1e0}', ['1e0']],
    ['[{"id":"a"},{"method":"m"},5,{"id":-0}]', ['"a"', undefined, undefined, '-0']],
    ['{}', [undefined]],
  ])('reads %s', (text, ids) => {
    expect(rawIds(text)).toEqual(ids);
  });
});
