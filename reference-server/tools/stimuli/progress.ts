import { setTimeout as sleep } from 'node:timers/promises';
import { defineTool, done } from '../tool.ts';

/** Reports progress a given number of times and then answers: a stimulus for whoever tests progress and streaming. */
export const assayProgress = defineTool({
  name: 'assay_progress',
  title: 'Report progress',
  description:
    'Sends "steps" progress notifications, from 1 of "steps" to all of them, and then answers. Without a progress token ' +
    'in the request it only answers. Changes nothing.',
  hints: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  properties: {
    steps: { type: 'integer', minimum: 0, maximum: 100, default: 3, description: 'How many notifications to send.' },
    delay_ms: {
      type: 'integer',
      minimum: 0,
      maximum: 10_000,
      default: 0,
      description: 'Milliseconds to wait before each notification, and before the answer.',
    },
  },
  async run({ steps = 3, delay_ms = 0 }, { progress, signal }) {
    const total = Number(steps);
    for (let step = 1; step <= total; step += 1) {
      await pause(Number(delay_ms), signal);
      progress(step, total, `Step ${step} of ${total}`);
    }
    await pause(Number(delay_ms), signal);
    return done(`Finished ${total} steps.`);
  },
});

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds > 0) await sleep(milliseconds, undefined, { signal });
}
