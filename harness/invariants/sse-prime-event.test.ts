import { describe } from 'vitest';
import { ssePrimeEvent } from './sse-prime-event.ts';
import { opened, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenEvent } from './testing/trace-builder.ts';

const revision = '2025-11-25';
const trace = (...events: WrittenEvent[]) => [
  opened({ revision, session: 's' }),
  { session: 's', sent: request(1, 'ping'), events },
];

describe('the first event of a stream', () => {
  holdsAgainst(ssePrimeEvent, [
    {
      shows: 'an id and empty data',
      exchanges: trace({ id: '1', data: '' }, { id: '2', data: result(1) }),
      says: ['kept sse.prime-event #2'],
    },
    { shows: 'a message without an id', exchanges: trace({ data: result(1) }), says: ['broken sse.prime-event #2'] },
    {
      shows: 'a message with an id',
      exchanges: trace({ id: '1', data: result(1) }),
      says: ['broken sse.prime-event #2'],
    },
    {
      shows: 'the stream that answers initialize',
      exchanges: [{ ...opened({ revision }), events: [{ data: opened({ revision }).json ?? null }] }].map(
        ({ json: _, ...one }) => one,
      ),
      says: ['broken sse.prime-event #1'],
    },
    {
      shows: 'silence on the answer to an initialize of another revision',
      exchanges: [{ ...opened({ revision: '2025-06-18' }), events: [{ data: opened({ revision }).json ?? null }] }].map(
        ({ json: _, ...one }) => one,
      ),
      says: [],
    },
    { shows: 'silence on an id without data', exchanges: trace({ id: '1' }, { data: result(1) }), says: [] },
    { shows: 'silence on a stream without events', exchanges: trace(), says: [] },
    { shows: 'silence on GET streams', exchanges: [{ method: 'GET', events: [{ data: result(1) }] }], says: [] },
    {
      shows: 'silence where the session is of another revision',
      exchanges: [opened({ revision, session: 's', negotiates: '2025-06-18' }), ...trace({ data: result(1) }).slice(1)],
      says: [],
    },
    {
      shows: 'silence where the revision has no such event',
      revision: '2025-06-18',
      exchanges: [opened({ revision: '2025-06-18', session: 's' }), ...trace({ data: result(1) }).slice(1)],
      says: [],
    },
  ]);
});
