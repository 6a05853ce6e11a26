import { setTimeout as sleep } from 'node:timers/promises';
import { form } from '../../client/questions.ts';
import { changesNothing, defineTool, done } from '../tool.ts';

/** Runs as a task and in no other way: a stimulus for whoever tests tasks. */
export const assayTask = defineTool({
  name: 'assay_task',
  title: 'Run as a task',
  description:
    'Runs only as a task, for "ms" milliseconds, reporting progress "steps" times on the way. With "ask" it also asks the ' +
    'user for a word and answers with it. In revisions without tasks it runs like any tool. Changes nothing.',
  hints: { ...changesNothing, idempotentHint: false },
  tasks: 'required',
  properties: {
    ms: {
      type: 'integer',
      minimum: 0,
      maximum: 60_000,
      default: 100,
      description: 'How long it takes, in milliseconds.',
    },
    steps: { type: 'integer', minimum: 1, maximum: 100, default: 1, description: 'How often to report progress.' },
    ask: { type: 'boolean', default: false, description: 'Whether to ask the user, after the last report.' },
  },
  async run({ ms = 100, steps = 1, ask: asks = false }, { ask, progress, signal }) {
    const parts = Number(steps) + 1;
    const pause = () => sleep(Number(ms) / parts, undefined, { signal });
    for (let step = 1; step < parts; step += 1) {
      await pause();
      progress(step, parts, `${step} of ${parts} parts are done.`);
    }
    const word = asks ? await ask({ word: form('Which word?', { word: { type: 'string' } }, ['word']) }) : undefined;
    await pause();
    return done(word === undefined ? 'The task is done.' : `The task is done: ${JSON.stringify(word.word)}`);
  },
});
