import { setTimeout as sleep } from 'node:timers/promises';
import { form } from '../../client/questions.ts';
import { changesNothing, defineTool, done } from '../tool.ts';

/** Runs as a task and in no other way: a stimulus for whoever tests tasks. */
export const assayTask = defineTool({
  name: 'assay_task',
  title: 'Run as a task',
  description:
    'Runs only as a task, for "ms" milliseconds, reporting progress in the middle. With "ask" it also asks the user for a ' +
    'word and answers with it. In revisions without tasks it runs like any tool. Changes nothing.',
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
    ask: { type: 'boolean', default: false, description: 'Whether to ask the user.' },
  },
  async run({ ms = 100, ask: asks = false }, { ask, progress, signal }) {
    await sleep(Number(ms) / 2, undefined, { signal });
    progress(1, 2, 'Half of it is done.');
    const word = asks ? await ask({ word: form('Which word?', { word: { type: 'string' } }, ['word']) }) : undefined;
    await sleep(Number(ms) / 2, undefined, { signal });
    return done(word === undefined ? 'The task is done.' : `The task is done: ${JSON.stringify(word.word)}`);
  },
});
