import { describe } from 'vitest';
import { taskIds } from './task-ids.ts';
import { opened, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const open = opened({ revision: '2025-11-25', session: 's' });
const created = (taskId: string, id = 1): WrittenExchange => ({
  session: 's',
  sent: request(id, 'tools/call', { task: {} }),
  json: result(id, { task: { taskId, status: 'working' } }),
});
const LONG = '786512e2-9e0d-44bd-8f29-789f320fe840';

describe('ids of tasks', () => {
  holdsAgainst(taskIds, [
    {
      shows: 'two that have nothing in common',
      exchanges: [open, created(LONG), created('0b9d1a4e-4f6a-4d53-9a3c-6c5dc0b4b1e7', 2)],
      says: ['kept tasks.id-unguessable #2', 'kept tasks.id-unguessable #3'],
    },
    { shows: 'a short one', exchanges: [open, created('task-1')], says: ['broken tasks.id-unguessable #2 (warn)'] },
    {
      shows: 'a short one where there are no sessions to bind it to',
      exchanges: [opened({ revision: '2025-11-25' }), { ...without(created('task-1')), client: 'a' }],
      says: ['broken tasks.id-unguessable #2'],
    },
    {
      shows: 'two that are counted',
      exchanges: [open, created(`${LONG}1`), created(`${LONG}2`, 2)],
      says: ['kept tasks.id-unguessable #2', 'broken tasks.id-unguessable #3 (warn)'],
    },
    {
      shows: 'silence where there is authorization to bind tasks to',
      exchanges: [open, { ...created('task-1'), headers: { authorization: 'Bearer x' } }],
      says: [],
    },
  ]);
});

function without({ session: _, ...exchange }: WrittenExchange): WrittenExchange {
  return exchange;
}
