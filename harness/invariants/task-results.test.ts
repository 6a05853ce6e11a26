import { describe } from 'vitest';
import { taskResults } from './task-results.ts';
import { failure, opened, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const open = { ...opened({ revision: '2025-11-25', session: 's' }), at: 0 };
const wanted = (more: Partial<WrittenExchange>): WrittenExchange => ({
  session: 's',
  at: 1_000,
  sent: request(1, 'tasks/result', { taskId: 't' }),
  ...more,
});
const look = (status: string, at: number): WrittenExchange => ({
  session: 's',
  at,
  sent: request(at, 'tasks/get', { taskId: 't' }),
  json: result(at, { taskId: 't', status }),
  endsAfter: 10,
});
const late = wanted({ events: [{ data: result(1), after: 4_000 }], endsAfter: 5_000 });

describe('results of tasks', () => {
  holdsAgainst(taskResults, [
    {
      shows: 'one that is waited for',
      exchanges: [open, late, look('working', 2_000)],
      says: ['kept tasks.result-blocks #2'],
    },
    {
      shows: 'one that came too early',
      exchanges: [open, wanted({ json: result(1), endsAfter: 10 }), look('working', 2_000)],
      says: ['broken tasks.result-blocks #2'],
    },
    {
      shows: 'an error that came too early',
      exchanges: [open, wanted({ json: failure(1), endsAfter: 10 }), look('input_required', 2_000)],
      says: ['broken tasks.result-blocks #2'],
    },
    {
      shows: 'silence on one of a task that is over',
      exchanges: [open, wanted({ json: result(1), endsAfter: 10 }), look('completed', 2_000)],
      says: [],
    },
    {
      shows: 'silence on a look from before',
      exchanges: [open, look('working', 500), wanted({ json: result(1), endsAfter: 10 })],
      says: [],
    },
  ]);
});
