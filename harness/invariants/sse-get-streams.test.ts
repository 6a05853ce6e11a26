import { describe } from 'vitest';
import { sseGetStreams } from './sse-get-streams.ts';
import { notification, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const listen: WrittenExchange = { session: 's', method: 'GET', at: 0, end: 'closed-by-harness', endsAfter: 5_000 };
const ask: WrittenExchange = { session: 's', sent: request(1, 'ping'), at: 1_000 };
const answer = { data: result(1), after: 1_500 };

describe('GET streams', () => {
  holdsAgainst(sseGetStreams, [
    {
      shows: 'a notification',
      exchanges: [{ ...listen, events: [{ data: notification('notifications/x') }] }],
      says: ['kept sse.get.no-response #1'],
    },
    {
      shows: 'a request answered elsewhere meanwhile',
      exchanges: [
        { ...listen, events: [] },
        { ...ask, json: result(1) },
      ],
      says: ['kept sse.get.no-response #1'],
    },
    {
      shows: 'a response',
      exchanges: [
        { ...listen, events: [answer] },
        { ...ask, status: 202 },
      ],
      says: ['broken sse.get.no-response #1'],
    },
    {
      shows: 'silence on a response that resumes',
      exchanges: [{ ...listen, headers: { 'Last-Event-ID': '1' }, events: [answer] }],
      says: [],
    },
    {
      shows: 'nothing but the other message on a response that came on its own stream too',
      exchanges: [
        { ...listen, events: [answer] },
        { ...ask, events: [{ data: result(1) }] },
      ],
      says: ['kept sse.get.no-response #1'],
    },
    {
      shows: 'silence on a stream on which and beside which nothing happened',
      exchanges: [{ ...listen, events: [] }],
      says: [],
    },
    {
      shows: 'silence where the request was answered before and after',
      exchanges: [
        { ...listen, endsAfter: 500, events: [] },
        { ...ask, json: result(1) },
        { ...listen, at: 2_000, events: [] },
      ],
      says: [],
    },
    {
      shows: 'silence where no response came meanwhile',
      exchanges: [
        { ...listen, events: [] },
        { ...ask, events: [{ data: notification('notifications/x') }] },
      ],
      says: [],
    },
    { shows: 'silence on a refusal', exchanges: [{ ...listen, status: 405, json: result(1) }], says: [] },
  ]);
});
