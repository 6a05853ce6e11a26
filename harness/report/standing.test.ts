import { describe, expect, it } from 'vitest';
import type { BaselineEntry, ReportedCase } from './report.ts';
import { exitCodeOf, failingCases, knownFailures, withoutRevision } from './standing.ts';
import { failedCase, finding, reportedCase, reportOf } from './testing/synthetic-report.ts';

const lenient = { strict: false };
const strict = { strict: true };
const warned = reportedCase({ id: 'a.warned', verdict: 'warn', findings: [finding({ verdict: 'warn' })] });
const unverified = reportedCase({ id: 'a.unverified', verdict: 'not-verified', reason: 'nothing exercised it' });
const known = failedCase({ id: 'a.known', findings: [finding({ expected: true })] });
const entry = (state: BaselineEntry['state'], id = 'a.known'): BaselineEntry => ({
  case: id,
  requirement: 'ping.respond',
  why: 'we know',
  state,
});
const ids = (cases: readonly ReportedCase[]) => cases.map((one) => one.id);

describe('failing cases', () => {
  const report = reportOf([failedCase(), warned, unverified, reportedCase({ id: 'a.info', verdict: 'info' })]);

  it('are those that break a MUST', () => {
    expect(ids(failingCases(report, lenient))).toEqual(['ping.answered']);
  });

  it('are with --strict also warnings and rules that nothing exercised', () => {
    expect(ids(failingCases(report, strict))).toEqual(['ping.answered', 'a.warned', 'a.unverified']);
  });

  it('do not include what the baseline lists, but do include a new finding beside a listed one', () => {
    const mixed = failedCase({ id: 'a.mixed', findings: [finding({ expected: true }), finding()] });
    expect(ids(failingCases(reportOf([known, mixed]), lenient))).toEqual(['a.mixed']);
    expect(ids(knownFailures(reportOf([known, mixed]), lenient))).toEqual(['a.known']);
  });

  it('do not include an unverified check that the baseline lists, at any revision', () => {
    const listed = [
      reportedCase({ id: 'a.one@2025-11-25', verdict: 'not-verified' }),
      reportedCase({ id: 'a.two', verdict: 'not-verified' }),
    ];
    const baseline = { file: 'b.yaml', entries: [entry('not-judged', 'a.one'), entry('not-judged', 'a.two')] };
    expect(failingCases(reportOf(listed, { baseline }), strict)).toEqual([]);
  });
});

describe('the exit code', () => {
  it.each([
    ['0 when all passes', reportOf([reportedCase()]), 0],
    ['0 for warnings', reportOf([warned]), 0],
    ['1 for a failure', reportOf([failedCase()]), 1],
    ['0 for a known failure', reportOf([known]), 0],
    ['1 for a mended one', reportOf([reportedCase()], { baseline: { file: 'b', entries: [entry('mended')] } }), 1],
    [
      '0 for one not judged',
      reportOf([reportedCase()], { baseline: { file: 'b', entries: [entry('not-judged')] } }),
      0,
    ],
    ['70 for a fault of ours', reportOf([reportedCase({ verdict: 'error', reason: 'bug' })]), 70],
    ['1 for a failure beside one', reportOf([reportedCase({ verdict: 'error', reason: 'bug' }), failedCase()]), 1],
    [
      '1 for a failure beside a root cause',
      reportOf([failedCase()], { rootCause: { case: 'a.b', reason: 'down' } }),
      1,
    ],
    ['3 when there is a root cause', reportOf([reportedCase()], { rootCause: { case: 'survey', reason: 'down' } }), 3],
  ])('is %s', (_, report, code) => {
    expect(exitCodeOf(report, lenient)).toBe(code);
  });

  it('is 1 with --strict for a warning and for an unverified rule', () => {
    expect(exitCodeOf(reportOf([warned]), strict)).toBe(1);
    expect(exitCodeOf(reportOf([unverified]), strict)).toBe(1);
  });
});

it('takes the revision off an id and nothing else', () => {
  expect(withoutRevision('a.b/c@2025-11-25')).toBe('a.b/c');
  expect(withoutRevision('a.b')).toBe('a.b');
});
