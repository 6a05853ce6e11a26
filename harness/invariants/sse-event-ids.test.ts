import { describe } from 'vitest';
import { sseEventIds } from './sse-event-ids.ts';
import { request } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const stream = (session: string, ...ids: string[]): WrittenExchange => ({
  session,
  sent: request(1, 'ping'),
  events: ids.map((id) => ({ id, data: '' })),
});
const kept = (at: number) => `kept sse.id.unique #${at}`;
const broken = (at: number) => `broken sse.id.unique #${at}`;

describe('event ids', () => {
  holdsAgainst(sseEventIds, [
    { shows: 'different ids on two streams', exchanges: [stream('s', 'a'), stream('s', 'b')], says: [kept(2)] },
    { shows: 'an id again on the same stream', exchanges: [stream('s', 'a', 'a')], says: [broken(1)] },
    {
      shows: 'an id again on another stream',
      exchanges: [stream('s', 'a', 'b'), { ...stream('s', 'b'), method: 'GET' }],
      says: [kept(1), broken(2)],
    },
    {
      shows: 'an id again on another stream of a client without a session',
      exchanges: [1, 2].map((id) => ({ sent: request(id, 'ping'), events: [{ id: '0', data: '' }] })),
      says: [broken(2)],
    },
    { shows: 'silence on an id of another session', exchanges: [stream('s', 'a'), stream('t', 'a')], says: [] },
    {
      shows: 'silence on a replay',
      exchanges: [stream('s', 'a'), { ...stream('s', 'a'), method: 'GET', headers: { 'Last-Event-ID': 'x' } }],
      says: [],
    },
    {
      shows: 'silence on an id without data, and on empty ids',
      exchanges: [
        {
          ...stream('s', 'a', '', ''),
          events: [{ id: 'a', data: '' }, { id: 'a' }, { id: '', data: '1' }, { id: '', data: '2' }],
        },
      ],
      says: [],
    },
    { shows: 'silence on a single id', exchanges: [stream('s', 'a')], says: [] },
  ]);
});
