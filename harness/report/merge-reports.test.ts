import { describe, expect, it } from 'vitest';
import { mergeReports } from './merge-reports.ts';
import { validateReport } from './read-report.ts';
import { failedCase, reportedCase, reportedRequirement, reportOf } from './testing/synthetic-report.ts';

const newer = reportOf([reportedCase()], { notes: ['a note'], durationMs: 10 });
const older = reportOf([failedCase()], {
  notes: ['a note'],
  durationMs: 5,
  requirements: [
    reportedRequirement({ verdict: 'fail' }),
    reportedRequirement({ id: 'ping.other', verdict: 'blocked' }),
  ],
  target: { ...newer.target, revision: '2025-06-18' },
});
const dead = reportOf([reportedCase({ verdict: 'blocked' })], {
  rootCause: { case: 'survey', reason: 'it does not speak it' },
  target: { ...newer.target, serverInfo: null, revision: null },
});

describe('a report on several revisions', () => {
  const merged = mergeReports([
    { revision: '2025-11-25', report: newer },
    { revision: '2025-06-18', report: older },
  ]);

  it('names the revision in the ids of its cases', () => {
    expect(merged.cases.map((one) => [one.id, one.verdict])).toEqual([
      ['ping.answered@2025-11-25', 'pass'],
      ['ping.answered@2025-06-18', 'fail'],
    ]);
    expect(merged.target.revision).toBe('2025-11-25,2025-06-18');
  });

  it('gives a requirement the gravest verdict and all its cases', () => {
    expect(merged.requirements.map(({ id, verdict, cases }) => ({ id, verdict, cases }))).toEqual([
      { id: 'ping.respond', verdict: 'fail', cases: ['ping.answered@2025-11-25', 'ping.answered@2025-06-18'] },
      { id: 'ping.other', verdict: 'blocked', cases: ['ping.answered@2025-06-18'] },
    ]);
  });

  it('adds up counts and times and keeps each note once', () => {
    expect(merged.summary).toMatchObject({ pass: 1, fail: 1 });
    expect(merged.durationMs).toBe(15);
    expect(merged.notes).toEqual(['a note']);
    expect(merged.rootCause).toBeNull();
    expect(validateReport(merged)).toBe(true);
  });

  it('names the revision that could not be judged', () => {
    const partly = mergeReports([
      { revision: '2025-03-26', report: dead },
      { revision: '2025-11-25', report: newer },
    ]);
    expect(partly.rootCause).toEqual({
      case: 'survey@2025-03-26',
      reason: 'at revision 2025-03-26: it does not speak it',
    });
    expect(partly.target).toMatchObject({ revision: '2025-11-25', serverInfo: { name: 'synthetic', version: '1' } });
    expect(validateReport(partly)).toBe(true);
  });
});
