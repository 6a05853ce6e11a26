import { describe } from 'vitest';
import { sseBroadcast } from './sse-broadcast.ts';
import { notification, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const listen: WrittenExchange = { session: 's', method: 'GET', at: 0, end: 'closed-by-harness', endsAfter: 5_000 };
const ask: WrittenExchange = { session: 's', sent: request(1, 'tools/call'), at: 1_000 };
const changed = notification('notifications/tools/list_changed');
const ping = request('p', 'ping');
const kept = (at: number) => `kept sse.multi.no-broadcast #${at}`;
const broken = (at: number, milder = '') => `broken sse.multi.no-broadcast #${at}${milder}`;

describe('broadcasts', () => {
  holdsAgainst(sseBroadcast, [
    {
      shows: 'each message on one stream',
      exchanges: [
        { ...listen, events: [{ data: changed }] },
        { ...ask, events: [{ data: ping }, { data: result(1) }] },
      ],
      says: [kept(1), kept(2)],
    },
    {
      shows: 'a request on two streams',
      exchanges: [
        { ...listen, events: [{ data: ping, after: 1_100 }] },
        { ...ask, events: [{ data: ping }, { data: result(1) }] },
      ],
      says: [broken(1), kept(2)],
    },
    {
      shows: 'a response on two streams',
      exchanges: [
        { ...listen, events: [{ data: result(1), after: 1_010 }] },
        { ...ask, events: [{ data: result(1) }] },
      ],
      says: [broken(1), kept(2)],
    },
    {
      shows: 'a notification on two GET streams at once: a warning',
      exchanges: [
        { ...listen, events: [{ data: changed, after: 2_000 }] },
        { ...listen, at: 10, events: [{ data: changed, after: 2_000 }] },
      ],
      says: [kept(1), broken(2, ' (warn)')],
    },
    {
      shows: 'notifications that have an id, of two requests',
      exchanges: [1, 2].map((id) => ({
        ...ask,
        sent: request(id, 'tools/call'),
        events: [{ data: { ...changed, id: 7 } }, { data: result(id) }],
      })),
      says: [kept(1), kept(2)],
    },
    {
      shows: 'a notification on the stream of a request and on that of a GET at once',
      exchanges: [
        { ...listen, events: [{ data: changed, after: 1_020 }] },
        { ...ask, events: [{ data: changed, after: 10 }, { data: result(1) }] },
      ],
      says: [broken(1, ' (warn)'), kept(2)],
    },
    {
      shows: 'equal notifications far apart',
      exchanges: [
        { ...listen, events: [{ data: changed, after: 1_000 }] },
        { ...listen, at: 10, events: [{ data: changed, after: 3_000 }] },
      ],
      says: [kept(1), kept(2)],
    },
    {
      shows: 'equal notifications of two requests',
      exchanges: [1, 2].map((id) => ({
        ...ask,
        sent: request(id, 'tools/call'),
        events: [{ data: changed }, { data: result(id) }],
      })),
      says: [kept(1), kept(2)],
    },
    {
      shows: 'two requests of the client under one id',
      exchanges: [ask, ask].map((one) => ({ ...one, events: [{ data: result(1) }] })),
      says: [kept(1), kept(2)],
    },
    {
      shows: 'a request on three streams: the first is not blamed',
      exchanges: [1, 2, 3].map((n) => ({ ...listen, at: n, events: [{ data: ping }] })),
      says: [kept(1), broken(2), broken(3)],
    },
    {
      shows: 'a request on two streams at the very same time',
      exchanges: [1, 2].map(() => ({ ...listen, at: 1, events: [{ data: ping }] })),
      says: [kept(1), broken(2)],
    },
    {
      shows: 'silence on streams that follow one another',
      exchanges: [
        { ...listen, endsAfter: 500, events: [{ data: changed }] },
        { ...listen, at: 600, endsAfter: 500, events: [{ data: changed }] },
      ],
      says: [],
    },
    {
      shows: 'nothing of a stream without messages',
      exchanges: [
        { ...listen, events: [] },
        { ...listen, events: [{ data: changed }] },
      ],
      says: [kept(2)],
    },
    {
      shows: 'a replay',
      exchanges: [
        { ...ask, events: [{ data: ping }], end: 'broken' },
        { ...listen, headers: { 'Last-Event-ID': '1' }, events: [{ data: ping }] },
      ],
      says: [],
    },
    {
      shows: 'silence on streams of different sessions',
      exchanges: [
        { ...listen, events: [{ data: ping }] },
        { ...listen, session: 't', events: [{ data: ping }] },
      ],
      says: [],
    },
    {
      shows: 'nothing against equal notifications without sessions',
      exchanges: [1, 2].map(() => ({ method: 'GET', at: 0, events: [{ data: changed }] })),
      says: [kept(1), kept(2)],
    },
    { shows: 'silence on a single stream', exchanges: [{ ...listen, events: [{ data: ping }] }], says: [] },
  ]);
});
