import { expect, it } from 'vitest';
import { planTrials } from './plan-trials.ts';
import { harmless } from './testing/proving.ts';

const shown = (allRevisions: boolean, whole = true) =>
  planTrials({
    defects: [harmless({})],
    clean: { clean: { transport: 'stdio', revisions: ['2024-11-05', '2025-11-25'] } },
    allRevisions,
    whole,
  }).map(({ subject, revision, transport }) => `${subject} ${revision} ${transport}`);

it('tries clean subjects at every revision of theirs and a defect at one, always the same', () => {
  expect(shown(false)).toEqual([
    'clean 2024-11-05 stdio',
    'clean 2025-11-25 stdio',
    'made.up 2025-06-18 streamable-http',
  ]);
});

it('gives each revision its share of the defects', () => {
  const defects = Array.from({ length: 40 }, (_, at) => harmless({ id: `made.up-${at}` }));
  const trials = planTrials({ defects, clean: {}, allRevisions: false, whole: true });
  const shares = ['2025-06-18', '2025-11-25'].map((one) => trials.filter(({ revision }) => revision === one).length);
  expect(shares.every((share) => share > 10)).toBe(true);
  expect(trials).toHaveLength(40);
});

it('tries a defect at all of its revisions when it is asked to', () => {
  expect(shown(true).slice(2)).toEqual(['made.up 2025-06-18 streamable-http', 'made.up 2025-11-25 streamable-http']);
});

it('tries clean subjects only where one of some defects could be', () => {
  const clean = {
    other: { transport: 'stdio', revisions: ['2025-11-25'] },
    same: { transport: 'streamable-http', revisions: ['2025-03-26', '2025-11-25'] },
  } as const;
  const trials = planTrials({ defects: [harmless({})], clean, allRevisions: false, whole: false });
  expect(trials.map(({ subject, revision }) => `${subject} ${revision}`)).toEqual([
    'same 2025-11-25',
    'made.up 2025-06-18',
  ]);
});
