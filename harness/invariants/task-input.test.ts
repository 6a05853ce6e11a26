import { describe } from 'vitest';
import { taskInput } from './task-input.ts';
import { opened, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const open = { ...opened({ revision: '2025-11-25', session: 's' }), at: 0 };
const look = (status: string, at: number): WrittenExchange => ({
  session: 's',
  at,
  sent: request(at, 'tasks/get', { taskId: 't' }),
  json: result(at, { taskId: 't', status }),
  endsAfter: 10,
});
/** A request for the result, on whose stream questions come so many milliseconds after it. */
const wanted = (...after: number[]): WrittenExchange => ({
  session: 's',
  at: 2_000,
  sent: request(1, 'tasks/result', { taskId: 't' }),
  events: after.map((ms) => ({
    after: ms,
    data: request(`q${ms}`, 'elicitation/create', {
      _meta: { 'io.modelcontextprotocol/related-task': { taskId: 't' } },
    }),
  })),
  endsAfter: 3_000,
});
const answer = (id: string, at: number): WrittenExchange => ({
  session: 's',
  at,
  sent: result(id, { action: 'decline' }),
  status: 202,
  type: null,
  endsAfter: 10,
});

describe('tasks that need input', () => {
  holdsAgainst(taskInput, [
    {
      shows: 'one that says so, and that it goes on',
      exchanges: [open, look('input_required', 1_000), wanted(10), answer('q10', 2_050), look('working', 3_000)],
      says: ['kept tasks.input-required #2', 'kept tasks.leave-input-required #5'],
    },
    {
      shows: 'one that does not say so',
      exchanges: [open, look('working', 1_000), wanted(10)],
      says: ['broken tasks.input-required #2'],
    },
    {
      shows: 'silence on one that may have come to need input later',
      exchanges: [open, look('working', 1_000), wanted(900)],
      says: [],
    },
    {
      shows: 'one that has got what it needs and does not say so',
      exchanges: [open, wanted(10), answer('q10', 2_050), look('input_required', 3_000)],
      says: ['broken tasks.leave-input-required #4'],
    },
    {
      shows: 'silence on one that has just got what it needs',
      exchanges: [open, wanted(10), answer('q10', 2_050), look('input_required', 2_100)],
      says: [],
    },
    {
      shows: 'silence on one that has another question',
      exchanges: [open, wanted(10, 1_500), answer('q10', 2_050), look('input_required', 3_000)],
      says: [],
    },
    {
      shows: 'silence on one that has not got its answer',
      exchanges: [open, wanted(10), look('input_required', 3_000)],
      says: [],
    },
  ]);
});
