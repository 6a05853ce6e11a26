import { describe } from 'vitest';
import { sseEventNames } from './sse-event-names.ts';
import { opened, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const answered = (event?: string): WrittenExchange[] => [
  opened({ revision: '2025-11-25', session: 's' }),
  { session: 's', sent: request(1, 'ping'), events: [{ ...(event === undefined ? {} : { event }), data: result(1) }] },
];

describe('the names of events', () => {
  holdsAgainst(sseEventNames, [
    { shows: 'nothing without a name', exchanges: answered(), says: [] },
    { shows: 'nothing on message', exchanges: answered('message'), says: [] },
    {
      shows: 'a response under another name',
      exchanges: answered('response'),
      says: ['broken sse.post.eventually-response #2 (warn)'],
    },
  ]);
});
