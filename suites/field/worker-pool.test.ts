import { expect, it } from 'vitest';
import type { Trial } from './trial.ts';
import { runTrials } from './worker-pool.ts';

const trials: Trial[] = [
  { subject: 'there is no such subject', revision: '2025-11-25' },
  { subject: 'sdk-v1-json', revision: '2026-07-28' },
];

it('judges subjects in processes of their own, and goes on when one of them ends', { timeout: 120_000 }, async () => {
  const told: string[] = [];
  const results = await runTrials(trials, 1, ({ subject }) => told.push(subject));
  expect(results).toMatchObject([
    { subject: 'there is no such subject', failures: ['the process that judged it ended with code 1'], sightings: [] },
    { subject: 'sdk-v1-json', failures: [], hopeless: expect.stringContaining('does not speak revision 2026-07-28') },
  ]);
  expect(told).toEqual(trials.map(({ subject }) => subject));
});
