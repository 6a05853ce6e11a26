import { setTimeout as sleep } from 'node:timers/promises';
import { defineTool, done } from '../tool.ts';

/** Takes its time and then answers: a stimulus for whoever tests cancellation, concurrency and lost connections. */
export const assaySlow = defineTool({
  name: 'assay_slow',
  title: 'Answer slowly',
  description: 'Waits for "ms" milliseconds and then answers. Stops at once when it is cancelled. Changes nothing.',
  hints: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  tasks: 'optional',
  properties: {
    ms: { type: 'integer', minimum: 0, maximum: 60_000, default: 200, description: 'Milliseconds to wait.' },
  },
  async run({ ms = 200 }, { signal }) {
    await sleep(Number(ms), undefined, { signal });
    return done(`Waited for ${Number(ms)} ms.`);
  },
});
