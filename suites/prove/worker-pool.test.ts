import { expect, it } from 'vitest';
import type { Trial } from './trial.ts';
import { runTrials } from './worker-pool.ts';

const trials: Trial[] = [
  { kind: 'clean', subject: 'there is no such subject', revision: '2025-11-25', transport: 'streamable-http' },
  { kind: 'defect', subject: 'session.missing-served', revision: '2025-11-25', transport: 'streamable-http' },
];

it('tries subjects in processes of their own, several in each, and finds out whose end it was when one ends', async () => {
  const told: string[] = [];
  const results = await runTrials(trials, 1, ({ subject }) => told.push(subject));
  expect(results).toMatchObject([
    { subject: 'there is no such subject', failures: ['the process that tried it ended with code 1'], blames: [] },
    {
      subject: 'session.missing-served',
      failures: [],
      blames: [{ requirement: 'lifecycle.init.first' }, { requirement: 'session.missing-400' }],
    },
  ]);
  expect(told).toEqual(trials.map(({ subject }) => subject));
}, 120_000);
