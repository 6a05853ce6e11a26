import { describe } from 'vitest';
import { jsonRpcErrors } from './jsonrpc-errors.ts';
import { failure, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';

const sent = request(1, 'ping');
const withError = (error: { [member: string]: string | number | null } | string) => ({ jsonrpc: '2.0', id: 1, error });

describe('errors', () => {
  holdsAgainst(jsonRpcErrors, [
    {
      shows: 'a complete error, in a refusal too',
      exchanges: [
        { sent, json: failure(1) },
        { sent, status: 400, json: failure(undefined) },
      ],
      says: [1, 2].flatMap((at) => [
        `kept jsonrpc.error.code-message #${at}`,
        `kept jsonrpc.error.integer-code #${at}`,
      ]),
    },
    {
      shows: 'no code',
      exchanges: [{ sent, json: withError({ message: 'No' }) }],
      says: ['broken jsonrpc.error.code-message #1'],
    },
    {
      shows: 'no message',
      exchanges: [{ sent, json: withError({ code: -32600 }) }],
      says: ['broken jsonrpc.error.code-message #1', 'kept jsonrpc.error.integer-code #1'],
    },
    {
      shows: 'no message before there was a rule on it',
      revision: '2024-11-05',
      exchanges: [{ sent, json: withError({ code: -32600 }) }],
      says: ['broken jsonrpc.follows-2.0 #1', 'kept jsonrpc.error.integer-code #1'],
    },
    {
      shows: 'a code that is a string, a fraction, or null',
      exchanges: ['-32600', 1.5, null].map((code) => ({ sent, json: withError({ code, message: 'No' }) })),
      says: [1, 2, 3].flatMap((at) => [
        `kept jsonrpc.error.code-message #${at}`,
        `broken jsonrpc.error.integer-code #${at}`,
      ]),
    },
    {
      shows: 'a message that is a number',
      exchanges: [{ sent, json: withError({ code: 1, message: 7 }) }],
      says: ['kept jsonrpc.error.integer-code #1', 'broken jsonrpc.follows-2.0 #1'],
    },
    {
      shows: 'an error that is a string',
      exchanges: [{ sent, json: withError('No') }],
      says: ['broken jsonrpc.follows-2.0 #1'],
    },
    {
      shows: 'silence on an error that is null beside a result',
      exchanges: [{ sent, json: { ...result(1), error: null } }],
      says: [],
    },
    {
      shows: 'an error that is null by itself',
      exchanges: [{ sent, json: { jsonrpc: '2.0', id: 1, error: null } }],
      says: ['broken jsonrpc.follows-2.0 #1'],
    },
    { shows: 'silence on results', exchanges: [{ sent, json: result(1) }], says: [] },
    {
      shows: 'silence on a refusal that is not JSON-RPC',
      exchanges: [{ sent, status: 400, json: { error: 'no' } }],
      says: [],
    },
  ]);
});
