import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../spec/messages.ts';
import { holdsAgainst } from '../../invariants/testing/table.ts';
import { notification, request, result, verdicts, viewOf } from '../../invariants/testing/trace-builder.ts';
import { exchangesOf } from '../../trace/exchange.ts';
import { jsonRpc } from './json-rpc.ts';
import { utf8 } from './utf-8.ts';

const sending = (sent: Json) => [{ sent, status: 200 }];
const answering = (rest: JsonObject) => sending({ jsonrpc: '2.0', id: 1, ...rest });
const kept = (...rules: string[]) => rules.map((rule) => `kept jsonrpc.${rule} #1`);
const broken = (rule: string) => [`broken jsonrpc.${rule} #1`];
const REQUEST = kept('follows-2.0', 'request.id-not-null', 'request.id-type');

describe('messages that are well-formed', () => {
  holdsAgainst(jsonRpc, [
    { shows: 'a request', exchanges: sending(request('a', 'ping')), says: REQUEST },
    { shows: 'a notification', exchanges: sending(notification('x')), says: kept('follows-2.0', 'notification.no-id') },
    { shows: 'a result', exchanges: sending(result(1)), says: kept('follows-2.0', 'result.has-result') },
    {
      shows: 'a result, in older revisions',
      revision: '2025-06-18',
      exchanges: sending(result(1)),
      says: kept('follows-2.0', 'response.not-both', 'response.one-of'),
    },
    {
      shows: 'an error',
      exchanges: answering({ error: { code: -1, message: 'x' } }),
      says: kept('follows-2.0', 'error.code-message', 'error.integer-code'),
    },
  ]);
});

describe('messages that are not', () => {
  holdsAgainst(jsonRpc, [
    { shows: 'no JSON', exchanges: [{ text: '{' }], says: broken('follows-2.0') },
    { shows: 'no object', exchanges: sending('x'), says: broken('follows-2.0') },
    { shows: 'no version', exchanges: sending({ id: 1, method: 'ping' }), says: broken('follows-2.0') },
    { shows: 'a method that is no string', exchanges: answering({ method: 5 }), says: broken('follows-2.0') },
    {
      shows: 'params that are text',
      exchanges: answering({ method: 'ping', params: 'x' }),
      says: broken('follows-2.0'),
    },
    {
      shows: 'a method on a response',
      exchanges: answering({ method: 'ping', result: {} }),
      says: broken('follows-2.0'),
    },
    { shows: 'null as an id', exchanges: sending(request(null, 'ping')), says: broken('request.id-not-null') },
    { shows: 'a fraction as an id', exchanges: sending(request(1.5, 'ping')), says: broken('request.id-type') },
    {
      shows: 'a request without an id',
      exchanges: sending(notification('tools/list')),
      says: broken('request.id-type'),
    },
    {
      shows: 'a notification with an id',
      exchanges: sending(request(1, 'notifications/initialized')),
      says: broken('notification.no-id'),
    },
    {
      shows: 'a notification with null as its id',
      exchanges: sending(request(null, 'notifications/initialized')),
      says: broken('notification.no-id'),
    },
    { shows: 'neither result nor error', exchanges: answering({}), says: broken('result.has-result') },
    {
      shows: 'neither result nor error, in older revisions',
      revision: '2025-06-18',
      exchanges: answering({}),
      says: broken('response.one-of'),
    },
    {
      shows: 'both result and error',
      revision: '2025-06-18',
      exchanges: answering({ result: {}, error: { code: 1, message: 'x' } }),
      says: broken('response.not-both'),
    },
    {
      shows: 'both result and error, when no rule of its own says so',
      exchanges: answering({ result: {}, error: { code: 1, message: 'x' } }),
      says: broken('follows-2.0'),
    },
    { shows: 'a text as an error', exchanges: answering({ error: 'x' }), says: broken('error.code-message') },
    {
      shows: 'an error without code',
      exchanges: answering({ error: { message: 'x' } }),
      says: broken('error.code-message'),
    },
    {
      shows: 'an error without message',
      exchanges: answering({ error: { code: 1 } }),
      says: broken('error.code-message'),
    },
    {
      shows: 'a code that is text',
      exchanges: answering({ error: { code: '1', message: 'x' } }),
      says: broken('error.integer-code'),
    },
    {
      shows: 'silence on ids of responses, which are judged elsewhere',
      exchanges: sending({ jsonrpc: '2.0', id: 1.5, result: {} }),
      says: [],
    },
  ]);
});

it('sees bytes that are no UTF-8', () => {
  const { trace, ...view } = viewOf('2025-11-25', [{ sent: request(1, 'ping') }]);
  const latin1 = Buffer.from('{"jsonrpc":"2.0","id":"\xfc","method":"ping"}', 'latin1');
  const events = trace.events.map((event) => (event.kind === 'request' ? { ...event, body: latin1 } : { ...event }));
  const spoilt = { ...trace, events };
  const broken = { ...view, trace: spoilt, exchanges: exchangesOf(spoilt) };
  expect(verdicts(utf8, broken)).toEqual(['broken jsonrpc.utf8 #1']);
  expect(verdicts(jsonRpc, broken)).toEqual([]);
  expect(verdicts(utf8, viewOf('2025-11-25', [{ sent: request('ü', 'ping') }]))).toEqual(['kept jsonrpc.utf8 #1']);
});
