import { setTimeout as sleep } from 'node:timers/promises';
import { changesNothing, defineTool, done } from '../tool.ts';

/** Closes the connection in mid-call and answers later: a stimulus for whoever tests polling and resumption. */
export const assayPoll = defineTool({
  name: 'assay_poll',
  title: 'Answer to a poll',
  description:
    'Closes the connection, telling the client to come back after "retry_ms" milliseconds, and answers "ms" milliseconds ' +
    'later on the same stream. Where streams cannot be resumed it just answers. Changes nothing.',
  hints: changesNothing,
  properties: {
    ms: { type: 'integer', minimum: 0, maximum: 10_000, default: 100, description: 'Milliseconds until the answer.' },
    retry_ms: {
      type: 'integer',
      minimum: 0,
      maximum: 10_000,
      default: 200,
      description: 'When to come back, in milliseconds.',
    },
  },
  async run({ ms = 100, retry_ms = 200 }, { leave, signal }) {
    leave(Number(retry_ms));
    await sleep(Number(ms), undefined, { signal });
    return done('The answer came after the connection was closed.');
  },
});
