import type { FieldSubject } from '../field-subjects.ts';
import type { JudgedFinding } from '../findings.ts';
import { emptyResult, type Sighting, type TrialResult } from '../trial.ts';

/** A result in which some requirements are broken, each named with its verdict (`a.rule fail`). */
export function resultWith(subject: string, broken: readonly string[], more: Partial<TrialResult> = {}): TrialResult {
  const counts = { pass: 5, fail: 0, warn: broken.length };
  return emptyResult({ subject, revision: '2025-11-25' }, 1_000, { counts, sightings: broken.map(sighting), ...more });
}

function sighting(text: string): Sighting {
  const [requirement = '', verdict] = text.split(' ');
  return {
    requirement,
    verdict: verdict === 'fail' ? 'fail' : 'warn',
    checks: [{ id: 'some.check', message: 'so it was', exchange: null }],
    link: `https://example.invalid/${requirement}`,
  };
}

/** A judgement about one subject at the newest stateful revision. */
export function judged(subject: string, requirement: string, more: Partial<JudgedFinding> = {}): JudgedFinding {
  return {
    subjects: [subject],
    requirement,
    revisions: ['2025-11-25'],
    verdict: 'warn',
    judgement: 'true-finding',
    why: 'it does what the sentence says it should not do',
    ...more,
  };
}

/** A subject that is never started. */
export function named(name: string, more: Partial<FieldSubject> = {}): FieldSubject {
  return {
    name,
    title: `the server ${name}`,
    source: 'made-up 1.0.0',
    transport: 'stdio',
    absent: null,
    ready: () => Promise.reject(new Error('not to be started')),
    ...more,
  };
}
