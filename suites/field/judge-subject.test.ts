import { expect, it } from 'vitest';
import { stdioSubjects } from '../../fixtures/subjects/over-stdio.ts';
import { serverSuites } from '../../harness/run/suites.ts';
import { catalogue } from '../../spec/catalogue.ts';
import { fieldSubjects } from './field-subjects.ts';
import { judgeSubject } from './judge-subject.ts';
import { named } from './testing/made-up.ts';

const laboratory = {
  suites: {
    cases: serverSuites([]).cases.filter(({ id }) => /^(ping|page\.cursor)/.test(id)),
    invariants: [],
    coded: [],
  },
  catalogue: catalogue(),
};

it.each([
  ['sdk-v1-json', '2025-06-18'],
  ['everything-stdio', '2024-11-05'],
] as const)('judges %s at %s over its own transport', { timeout: 120_000 }, async (name, revision) => {
  const subject = fieldSubjects.find((one) => one.name === name);
  if (!subject) throw new Error(`there is no subject ${name}`);
  const result = await judgeSubject({ subject: name, revision }, subject, laboratory);
  expect(result).toMatchObject({
    hopeless: null,
    loss: null,
    failures: [],
    sightings: [
      {
        requirement: 'page.invalid-32602',
        verdict: 'warn',
        checks: expect.arrayContaining([expect.objectContaining({ id: 'page.cursor.invalid' })]),
      },
    ],
  });
  expect(result.counts.pass).toBeGreaterThan(0);
});

it('says why a subject cannot be judged, and closes it', { timeout: 60_000 }, async () => {
  let closed = 0;
  const silent = named('silent', {
    ready: async () => ({
      url: 'silent',
      command: { command: process.execPath, args: ['-e', ''], env: {} },
      close: async () => {
        closed += 1;
      },
    }),
  });
  const result = await judgeSubject({ subject: 'silent', revision: '2025-11-25' }, silent, laboratory);
  expect(result).toMatchObject({ hopeless: expect.stringContaining('exited with code 0'), sightings: [] });
  expect(closed).toBe(1);
});

it('knows every subject by one name', () => {
  const names = fieldSubjects.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(expect.arrayContaining(['everything', ...Object.keys(stdioSubjects)]));
});
