import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../spec/messages.ts';
import {
  aboutTask,
  askAsTask,
  asksAsTask,
  beforeLook,
  calledOff,
  type Following,
  goesOn,
  taskParams,
} from './asked-as-task.ts';
import { sample } from './questions.ts';

const steps = { aboutTask, beforeLook, calledOff, goesOn, taskParams };
const RESULT = { role: 'assistant' };

/** A client that gives these answers, one after the other, and what it was asked. */
function clientThat(...answers: JsonObject[]) {
  const asked: string[] = [];
  const off: string[] = [];
  const controller = new AbortController();
  const following: Following = {
    ask: async (method) => {
      asked.push(method);
      return answers.shift() ?? RESULT;
    },
    callOff: ({ method }) => void off.push(method),
    requestId: () => 'first',
    signal: controller.signal,
    timeoutMs: 10_000,
    steps,
  };
  return { asked, off, controller, following };
}

const task = (status: string, pollInterval = 1) => ({ taskId: 't', status, pollInterval });

describe('a question that is asked as a task', () => {
  it('is looked at until it is over, and then gives its result', async () => {
    const { asked, following } = clientThat({ task: task('working') }, task('working'), task('completed'));
    expect(await askAsTask(sample('Hello'), following)).toEqual(RESULT);
    expect(asked).toEqual(['sampling/createMessage', 'tasks/get', 'tasks/get', 'tasks/result']);
  });

  it('is not looked at any more when it needs input', async () => {
    const { asked, following } = clientThat({ task: task('working') }, task('input_required'));
    await askAsTask(sample('Hello'), following);
    expect(asked.slice(1)).toEqual(['tasks/get', 'tasks/result']);
  });

  it('is answered when its client answers at once', async () => {
    const { asked, following } = clientThat(RESULT);
    expect(await askAsTask(sample('Hello'), following)).toEqual(RESULT);
    expect(asked).toEqual(['sampling/createMessage']);
  });

  it('is called off with what it was for', async () => {
    const { off, controller, following } = clientThat({ task: task('working', 60_000) });
    const asking = askAsTask(sample('Hello'), following);
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    await expect(asking).rejects.toThrow(/abort/);
    expect(off).toEqual(['tasks/cancel']);
  });
});

it('only clients that have said so are asked by tasks, and only in the revision that has them so', () => {
  const capabilities = { sampling: {}, tasks: { requests: { sampling: { createMessage: {} } } } };
  expect(asksAsTask(sample('Hello'), capabilities, '2025-11-25')).toBe(true);
  expect(asksAsTask(sample('Hello'), { sampling: {}, tasks: {} }, '2025-11-25')).toBe(false);
  expect(asksAsTask(sample('Hello'), capabilities, '2025-06-18')).toBe(false);
});
