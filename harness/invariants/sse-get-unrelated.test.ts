import { describe } from 'vitest';
import { sseGetUnrelated } from './sse-get-unrelated.ts';
import { notification, opened, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const open = opened({ revision: '2025-11-25', session: 's' });
const progress = notification('notifications/progress', { progressToken: 't', progress: 1 });
const call: WrittenExchange = {
  session: 's',
  at: 2_000,
  sent: request(1, 'tools/call', { name: 'a', _meta: { progressToken: 't' } }),
};
const listen = (...events: NonNullable<WrittenExchange['events']>[number][]): WrittenExchange => ({
  session: 's',
  method: 'GET',
  at: 1_000,
  endsAfter: 5_000,
  events,
});
const answer = { data: result(1), after: 500 };

describe('progress beside an open GET stream', () => {
  holdsAgainst(sseGetUnrelated, [
    {
      shows: 'that it comes on the stream of its request',
      exchanges: [open, listen(), { ...call, events: [{ data: progress, after: 100 }, answer] }],
      says: ['kept sse.get.unrelated #3'],
    },
    {
      shows: 'that it comes on the other',
      exchanges: [open, listen({ data: progress, after: 1_200 }), { ...call, events: [answer] }],
      says: ['broken sse.get.unrelated #2'],
    },
    {
      shows: 'nothing where the request has no stream',
      exchanges: [open, listen({ data: progress, after: 1_200 }), { ...call, json: result(1) }],
      says: [],
    },
  ]);
});
