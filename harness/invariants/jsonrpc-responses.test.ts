import { describe } from 'vitest';
import { jsonRpcResponses } from './jsonrpc-responses.ts';
import { failure, notification, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';

const sent = request(1, 'ping');
const both = { ...failure(1), ...result(1) };

describe('responses', () => {
  holdsAgainst(jsonRpcResponses, [
    {
      shows: 'a result, up to 2025-06-18',
      revision: '2025-06-18',
      exchanges: [{ sent, json: result(1) }],
      says: ['kept jsonrpc.response.one-of #1', 'kept jsonrpc.response.not-both #1'],
    },
    {
      shows: 'an error, from 2025-11-25 on',
      exchanges: [{ sent, json: failure(1) }],
      says: ['kept jsonrpc.result.has-result #1', 'kept jsonrpc.follows-2.0 #1'],
    },
    {
      shows: 'both result and error, up to 2025-06-18',
      revision: '2025-03-26',
      exchanges: [{ sent, json: both }],
      says: ['kept jsonrpc.response.one-of #1', 'broken jsonrpc.response.not-both #1'],
    },
    {
      shows: 'both result and error, from 2025-11-25 on',
      exchanges: [{ sent, json: both }],
      says: ['kept jsonrpc.result.has-result #1', 'broken jsonrpc.follows-2.0 #1'],
    },
    {
      shows: 'a result beside an error that is null',
      revision: '2025-06-18',
      exchanges: [{ sent, json: { ...result(1), error: null } }],
      says: ['kept jsonrpc.response.one-of #1', 'broken jsonrpc.follows-2.0 #1'],
    },
    {
      shows: 'neither, up to 2025-06-18',
      revision: '2025-06-18',
      exchanges: [{ sent, json: { jsonrpc: '2.0', id: 1 } }],
      says: ['broken jsonrpc.response.one-of #1', 'kept jsonrpc.response.not-both #1'],
    },
    {
      shows: 'neither, from 2025-11-25 on',
      exchanges: [{ sent, json: { jsonrpc: '2.0', id: 1 } }],
      says: ['broken jsonrpc.result.has-result #1', 'kept jsonrpc.follows-2.0 #1'],
    },
    {
      shows: 'a method beside a result',
      exchanges: [{ sent, json: { ...result(1), method: 'ping' } }],
      says: ['kept jsonrpc.result.has-result #1', 'broken jsonrpc.follows-2.0 #1'],
    },
    {
      shows: 'silence on a stream without responses',
      exchanges: [{ sent, events: [{ data: notification('notifications/x') }] }],
      says: [],
    },
  ]);
});
