import { describe } from 'vitest';
import { jsonRpcUtf8 } from './jsonrpc-utf8.ts';
import { request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';

const sent = request(1, 'ping');
const latin1 = Buffer.from('{"jsonrpc":"2.0","id":1,"result":{"a":"\xe4"}}', 'latin1');
const stream = { sent, type: 'text/event-stream' };

describe('encoding', () => {
  holdsAgainst(jsonRpcUtf8, [
    {
      shows: 'characters beyond ASCII',
      exchanges: [{ sent, json: result(1, { a: 'ä' }) }],
      says: ['kept jsonrpc.utf8 #1'],
    },
    {
      shows: 'characters beyond ASCII, escaped',
      exchanges: [{ sent, type: 'application/json', body: '{"a":"\\u00e4"}' }],
      says: ['kept jsonrpc.utf8 #1'],
    },
    {
      shows: 'Latin-1',
      exchanges: [{ sent, type: 'application/json', body: latin1 }],
      says: ['broken jsonrpc.utf8 #1'],
    },
    {
      shows: 'Latin-1 in a stream',
      exchanges: [{ ...stream, body: Buffer.concat([Buffer.from('data: '), latin1, Buffer.from('\n\n')]) }],
      says: ['broken jsonrpc.utf8 #1'],
    },
    {
      shows: 'a line with characters beyond ASCII',
      transport: 'stdio',
      exchanges: [{ sent, lines: [result(1, 'ä')] }],
      says: ['kept jsonrpc.utf8 #1'],
    },
    { shows: 'silence on pure ASCII', exchanges: [{ sent, json: result(1, 'a\n\u0001') }], says: [] },
    {
      shows: 'silence on a character that a cut stream ends in',
      exchanges: [{ ...stream, end: 'closed-by-harness', body: Buffer.from('data: 1\n\ndata: ä').subarray(0, -1) }],
      says: [],
    },
    {
      shows: 'silence on a body that was cut',
      exchanges: [{ sent, type: 'application/json', body: latin1, end: 'broken' }],
      says: [],
    },
    {
      shows: 'silence on pages',
      exchanges: [{ sent, type: 'text/html', body: Buffer.from('<p>\xe4', 'latin1') }],
      says: [],
    },
  ]);
});
