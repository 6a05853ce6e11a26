import { describe } from 'vitest';
import { taskProgress } from './task-progress.ts';
import { notification, opened, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenEvent, WrittenExchange } from './testing/trace-builder.ts';

const open = { ...opened({ revision: '2025-11-25', session: 's' }), at: 0 };
const task = { taskId: 't', status: 'working' };
const begun: WrittenExchange = {
  session: 's',
  at: 1_000,
  sent: request(1, 'tools/call', { task: {}, _meta: { progressToken: 'p' } }),
  json: result(1, { task }),
};
const seen = (method: string, status: string, at = 2_000): WrittenExchange => ({
  session: 's',
  at,
  sent: request(2, method, { taskId: 't' }),
  json: result(2, { ...task, status }),
});
const progress = (after: number): WrittenEvent => ({
  data: notification('notifications/progress', { progressToken: 'p', progress: after }),
  after,
});
const over = (after: number): WrittenEvent => ({
  data: notification('notifications/tasks/status', { ...task, status: 'completed' }),
  after,
});
/** A stream on which things come so many milliseconds after the trace began. */
const heard = (...events: WrittenEvent[]): WrittenExchange => ({
  session: 's',
  method: 'GET',
  at: 0,
  events,
  endsAfter: 5_000,
});

describe('progress of tasks', () => {
  holdsAgainst(taskProgress, [
    {
      shows: 'progress and then the end',
      exchanges: [open, begun, seen('tasks/get', 'completed'), heard(progress(1_500))],
      says: ['kept progress.task-stop #3'],
    },
    {
      shows: 'progress after the end, on the same stream',
      exchanges: [open, begun, heard(over(1_500), progress(1_600))],
      says: ['broken progress.task-stop #3'],
    },
    {
      shows: 'progress that may have been overtaken',
      exchanges: [open, begun, seen('tasks/get', 'completed'), heard(progress(2_100))],
      says: ['kept progress.task-stop #3'],
    },
    {
      shows: 'progress long after the end, on another stream: a warning',
      exchanges: [open, begun, seen('tasks/get', 'completed'), heard(progress(4_000))],
      says: ['broken progress.task-stop #3 (warn)'],
    },
    {
      shows: 'silence while a task is at work',
      exchanges: [open, begun, seen('tasks/get', 'working'), heard(progress(4_000))],
      says: [],
    },
    {
      shows: 'a task that stops when it is cancelled',
      exchanges: [open, begun, seen('tasks/cancel', 'cancelled'), heard(progress(1_500))],
      says: ['kept progress.task-stop #3', 'kept tasks.cancel-stop #3'],
    },
    {
      shows: 'a task that goes on when it is cancelled',
      exchanges: [open, begun, seen('tasks/cancel', 'cancelled'), heard(progress(1_500), progress(4_000))],
      says: ['broken progress.task-stop #3 (warn)', 'broken tasks.cancel-stop #3'],
    },
    {
      shows: 'silence where nothing was waited for after the cancellation',
      exchanges: [open, begun, seen('tasks/cancel', 'cancelled'), { ...heard(progress(1_500)), endsAfter: 2_100 }],
      says: ['kept progress.task-stop #3'],
    },
  ]);
});
