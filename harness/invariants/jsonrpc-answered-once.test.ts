import { describe } from 'vitest';
import { jsonRpcAnsweredOnce } from './jsonrpc-answered-once.ts';
import { failure, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';

const sent = request(1, 'ping');

describe('number of answers', () => {
  holdsAgainst(jsonRpcAnsweredOnce, [
    { shows: 'one answer', exchanges: [{ sent, json: result(1) }], says: ['kept jsonrpc.follows-2.0 #1'] },
    {
      shows: 'a result and then an error',
      exchanges: [{ sent, events: [{ data: result(1) }, { data: failure(1) }] }],
      says: ['broken jsonrpc.follows-2.0 #1'],
    },
    {
      shows: 'two requests under one id, each answered',
      revision: '2025-03-26',
      exchanges: [{ sent: [sent, sent], json: [result(1), result(1)] }],
      says: ['kept jsonrpc.follows-2.0 #1'],
    },
    {
      shows: 'two answers over stdio',
      transport: 'stdio',
      exchanges: [
        { sent, lines: [result(1)] },
        { sent: request(2, 'ping'), lines: [result(1)] },
      ],
      says: ['broken jsonrpc.follows-2.0 #1'],
    },
    {
      shows: 'two requests under one id over stdio, answered late',
      transport: 'stdio',
      exchanges: [
        { sent, lines: [] },
        { sent, lines: [result(1), result(1)] },
      ],
      says: ['kept jsonrpc.follows-2.0 #2'],
    },
    {
      shows: 'several refusals with the id null over stdio, one of them of a request that had it',
      transport: 'stdio',
      exchanges: [
        { sent: { ...sent, id: null }, lines: [failure(null)] },
        { sent: 'no request', lines: [failure(null)] },
        { sent, lines: [result(1)] },
      ],
      says: ['kept jsonrpc.follows-2.0 #1', 'kept jsonrpc.follows-2.0 #3'],
    },
    {
      shows: 'silence on the response of a replay',
      exchanges: [
        { sent, events: [] },
        { method: 'GET', headers: { 'Last-Event-ID': '1' }, events: [{ data: result(1) }] },
      ],
      says: [],
    },
  ]);
});
