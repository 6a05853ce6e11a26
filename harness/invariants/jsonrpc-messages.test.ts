import { describe } from 'vitest';
import { jsonRpcMessages } from './jsonrpc-messages.ts';
import { failure, notification, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';

const sent = request(1, 'ping');
const KEPT = 'kept jsonrpc.follows-2.0';
const BROKEN = 'broken jsonrpc.follows-2.0';

describe('messages', () => {
  holdsAgainst(jsonRpcMessages, [
    { shows: 'a well-formed response', exchanges: [{ sent, json: result(1) }], says: [`${KEPT} #1`] },
    {
      shows: 'one verdict for a stream of several messages',
      exchanges: [{ sent, events: [{ data: notification('notifications/message') }, { data: result(1) }] }],
      says: [`${KEPT} #1`],
    },
    { shows: 'no jsonrpc member', exchanges: [{ sent, json: { id: 1, result: {} } }], says: [`${BROKEN} #1`] },
    {
      shows: 'jsonrpc 2.0 as a number',
      exchanges: [{ sent, json: { ...result(1), jsonrpc: 2 } }],
      says: [`${BROKEN} #1`],
    },
    {
      shows: 'a method that is a number',
      exchanges: [{ sent, events: [{ data: { jsonrpc: '2.0', method: 7 } }] }],
      says: [`${BROKEN} #1`],
    },
    {
      shows: 'params that are null',
      exchanges: [
        { method: 'GET', events: [{ data: { jsonrpc: '2.0', method: 'notifications/message', params: null } }] },
      ],
      says: [`${BROKEN} #1`],
    },
    {
      shows: 'a bare value and a bare object in a stream',
      exchanges: [{ sent, events: [{ data: '5' }, { data: '{"status":"ok"}' }] }],
      says: [`${BROKEN} #1`, `${BROKEN} #1`],
    },
    { shows: 'data that is not JSON', exchanges: [{ sent, events: [{ data: 'hello' }] }], says: [`${BROKEN} #1`] },
    {
      shows: 'an event of another name that is no message: a warning',
      exchanges: [
        {
          sent,
          events: [
            { event: 'ping', data: 'now' },
            { event: 'ping', data: '{"now":1}' },
          ],
        },
      ],
      says: [`${BROKEN} #1 (warn)`, `${BROKEN} #1 (warn)`],
    },
    {
      shows: 'an object that is no message as the answer to a request',
      exchanges: [{ sent, json: { ok: true } }],
      says: [`${BROKEN} #1`],
    },
    {
      shows: 'a refusal that calls itself JSON-RPC',
      exchanges: [{ sent, status: 400, json: failure(1) }],
      says: [`${KEPT} #1`],
    },
    {
      shows: 'a refusal that calls itself JSON-RPC 1.0',
      exchanges: [{ sent, status: 400, json: { ...failure(1), jsonrpc: '1.0' } }],
      says: [`${BROKEN} #1`],
    },
    {
      shows: 'silence on a refusal in words of its own',
      exchanges: [{ sent, status: 400, json: { error: 'no' } }],
      says: [],
    },
    {
      shows: 'silence on the body of an answer to a notification',
      exchanges: [{ sent: notification('notifications/x'), json: { ok: true } }],
      says: [],
    },
    { shows: 'silence on a body that is one bare value', exchanges: [{ sent, json: 5 }], says: [] },
    { shows: 'silence on a page of HTML', exchanges: [{ sent, type: 'text/html', body: '<html>' }], says: [] },
    {
      shows: 'silence on an event that no blank line ends',
      exchanges: [{ sent, type: 'text/event-stream', body: 'data: {"json' }],
      says: [],
    },
    {
      shows: 'silence on a stream cut within an event',
      exchanges: [
        { sent, events: [{ data: result(1) }], end: 'broken' },
        { sent, type: 'text/event-stream', body: 'data: {"json', end: 'broken' },
      ],
      says: [`${KEPT} #1`],
    },
    {
      shows: 'silence on the first event of the older transport',
      exchanges: [{ method: 'GET', events: [{ event: 'endpoint', data: '/messages?id=1' }] }],
      says: [],
    },
    {
      shows: 'silence on a compressed body',
      exchanges: [
        { sent, type: 'application/json', body: '\u001f\u008b', answerHeaders: { 'Content-Encoding': 'gzip' } },
      ],
      says: [],
    },
  ]);
});
