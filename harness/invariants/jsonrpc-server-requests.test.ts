import { describe } from 'vitest';
import type { Json } from '../../spec/messages.ts';
import { jsonRpcServerRequests } from './jsonrpc-server-requests.ts';
import { notification, request } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const stream = (...ids: Json[]): WrittenExchange => ({
  session: 's',
  method: 'GET',
  events: ids.map((id, index) => ({ data: request(id, 'ping', { n: index }) })),
});
const kept = (rule: string, at = 1) => `kept jsonrpc.request.${rule} #${at}`;
const broken = (rule: string, at = 1) => `broken jsonrpc.request.${rule} #${at}`;
const good = (at = 1) => [kept('id-not-null', at), kept('id-type', at)];

describe('ids of requests that the server sends', () => {
  holdsAgainst(jsonRpcServerRequests, [
    { shows: 'ids of its own', exchanges: [stream(1, '1')], says: [...good(), kept('id-unique-session')] },
    { shows: 'null', exchanges: [stream(null)], says: [broken('id-not-null')] },
    {
      shows: 'a fraction, an object',
      exchanges: [stream(1.5, {})],
      says: [kept('id-not-null'), broken('id-type'), broken('id-type')],
    },
    {
      shows: 'an id used again on another stream',
      exchanges: [stream(1), stream(5, 1)],
      says: [...good(), ...good(2), broken('id-unique-session', 2)],
    },
    {
      shows: 'an id used again on another stream of another session',
      exchanges: [stream(1), { ...stream(5, 1), session: 't' }],
      says: [...good(), ...good(2), kept('id-unique-session', 2)],
    },
    {
      shows: 'silence on replays',
      exchanges: [stream(1), { ...stream(1), headers: { 'Last-Event-ID': '1' } }],
      says: good(),
    },
    {
      shows: 'silence on the same message again: that is a broadcast',
      exchanges: [stream(1), stream(1)],
      says: [...good(), ...good(2)],
    },
    {
      shows: 'nothing of uniqueness where there are no sessions',
      exchanges: [{ method: 'GET', events: [1, 1].map((id) => ({ data: request(id, 'ping') })) }],
      says: good(),
    },
    {
      shows: 'silence on what is rather a response',
      exchanges: [
        {
          session: 's',
          method: 'GET',
          events: [
            { data: { ...request(null, 'ping'), result: {} } },
            { data: { ...request(null, 'ping'), error: {} } },
          ],
        },
      ],
      says: [],
    },
    {
      shows: 'silence on notifications',
      exchanges: [{ method: 'GET', events: [{ data: notification('notifications/x') }] }],
      says: [],
    },
    { shows: 'silence where servers send no requests', revision: '2026-07-28', exchanges: [stream(null)], says: [] },
  ]);
});
