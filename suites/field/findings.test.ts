import { expect, it } from 'vitest';
import { verdictOnBreach } from '../../harness/verdict/verdict.ts';
import { catalogue } from '../../spec/catalogue.ts';
import { factsOf } from '../../spec/revisions.ts';
import { doubles } from './faults.ts';
import { fieldSubjects } from './field-subjects.ts';
import { readFindings } from './findings.ts';

const findings = readFindings();

it('judges something, and nothing twice', () => {
  expect(findings.length).toBeGreaterThan(0);
  expect(doubles(findings)).toEqual([]);
});

it('names only subjects and requirements that there are, at revisions that both have', () => {
  const transports = new Map(fieldSubjects.map(({ name, transport }) => [name, transport]));
  const stray = findings.flatMap(({ subjects, requirement, revisions }) =>
    revisions.flatMap((revision) => {
      if (!catalogue().get(requirement)?.revisions.has(revision)) return [`${requirement} at ${revision}`];
      return subjects
        .filter((name) => {
          const transport = transports.get(name);
          return transport === undefined || !factsOf(revision).transports.includes(transport);
        })
        .map((name) => `${name} at ${revision}`);
    }),
  );
  expect(stray).toEqual([]);
});

it('gives no verdict that is graver than the rule is binding', () => {
  const graver = findings.filter(({ requirement, revisions, verdict }) =>
    revisions.some((revision) => {
      const level = catalogue().get(requirement)?.revisions.get(revision)?.level;
      return verdict === 'fail' && (level === undefined || verdictOnBreach(level) !== 'fail');
    }),
  );
  expect(graver.map(({ requirement }) => requirement)).toEqual([]);
});

it('calls nothing a false alarm: a check that raises one has to be mended', () => {
  expect(findings.filter(({ judgement }) => judgement === 'false-alarm')).toEqual([]);
});
