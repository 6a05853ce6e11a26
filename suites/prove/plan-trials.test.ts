import { expect, it } from 'vitest';
import { planTrials } from './plan-trials.ts';
import { harmless } from './testing/proving.ts';

const shown = (allRevisions: boolean) =>
  planTrials({ defects: [harmless({})], clean: ['clean'], allRevisions }).map(
    ({ subject, revision }) => `${subject} ${revision}`,
  );

it('tries clean subjects at every revision and a defect at its newest', () => {
  expect(shown(false)).toEqual([
    'clean 2025-03-26',
    'clean 2025-06-18',
    'clean 2025-11-25',
    'clean 2026-07-28',
    'made.up 2025-11-25',
  ]);
});

it('tries a defect at all of its revisions when it is asked to', () => {
  expect(shown(true).slice(4)).toEqual(['made.up 2025-06-18', 'made.up 2025-11-25']);
});
