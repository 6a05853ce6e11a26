import { expect, it } from 'vitest';
import { PlayedTasks } from './played-tasks.ts';

const answer = { role: 'assistant' };

function begun() {
  const tasks = new PlayedTasks({ statuses: ['working', 'input_required'], pollInterval: 50 });
  const { task } = tasks.resultOf('sampling/createMessage', { task: { ttl: 1_000 } }, answer) ?? {};
  const { taskId = '' } = Object(task) as { taskId?: string };
  const ask = (method: string) => tasks.resultOf(method, { taskId }, undefined);
  return { tasks, task, taskId, ask };
}

it('makes a task of what is to be one, and of nothing else', () => {
  const { tasks, task } = begun();
  expect(task).toMatchObject({ status: 'working', ttl: 1_000, pollInterval: 50 });
  expect(tasks.resultOf('sampling/createMessage', {}, answer)).toBeUndefined();
  expect(tasks.resultOf('sampling/createMessage', { task: {} }, undefined)).toBeUndefined();
});

it('goes through the statuses of the case, and is over when its result is wanted', () => {
  const { ask, taskId } = begun();
  const looks = [1, 2, 3].map(() => ask('tasks/get')?.status);
  expect(looks).toEqual(['working', 'input_required', 'input_required']);
  expect(ask('tasks/result')).toEqual({ ...answer, _meta: { 'io.modelcontextprotocol/related-task': { taskId } } });
  expect(ask('tasks/get')?.status).toBe('completed');
});

it('can be called off, and says nothing of tasks that it does not have', () => {
  const { tasks, ask } = begun();
  expect(ask('tasks/cancel')?.status).toBe('cancelled');
  expect(ask('tasks/get')?.status).toBe('cancelled');
  expect(tasks.resultOf('tasks/get', { taskId: 'another' }, undefined)).toBeUndefined();
});
