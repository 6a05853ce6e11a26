import { describe, expect, it } from 'vitest';
import { jsonReport } from './json.ts';
import { validateReport } from './read-report.ts';
import type { Report } from './report.ts';
import {
  failedCase,
  finding,
  hostileReport,
  reportedCase,
  reportedRequirement,
  reportOf,
} from './testing/synthetic-report.ts';

const full = reportOf(
  [
    reportedCase({ verdict: 'not-verified', reason: 'nothing exercised it' }),
    failedCase({
      findings: [
        finding({ expected: true }),
        finding({ evidence: { exchange: null } }),
        finding({
          evidence: {
            exchange: {
              request: { line: 'GET /', headers: [], body: '' },
              response: null,
              ending: 'refused',
              answeredAfterMs: null,
            },
          },
        }),
      ],
    }),
  ],
  {
    requirements: [reportedRequirement({ verdict: 'blocked', reason: 'no session' })],
    baseline: { file: 'b', entries: [{ case: 'a', requirement: 'b', why: 'c', state: 'mended' }] },
    target: { kind: 'client', command: ['node', 'x'], serverInfo: null, revision: null, transport: 'stdio' },
  },
);

/** A report with one value changed that the schema must notice. */
function spoil(change: (report: Record<string, unknown>) => void): unknown {
  const copy: Record<string, unknown> = JSON.parse(JSON.stringify(full));
  change(copy);
  return copy;
}

describe('report.schema.json', () => {
  it.each<[string, Report]>([
    ['an empty report', reportOf([])],
    ['one with every optional member', full],
    ['a hostile one', hostileReport()],
  ])('accepts %s', (_, report) => {
    const valid = validateReport(JSON.parse(jsonReport(report)));
    expect(validateReport.errors ?? []).toEqual([]);
    expect(valid).toBe(true);
  });

  it.each<[string, (report: Record<string, unknown>) => void]>([
    ['an unknown member', (report) => Object.assign(report, { more: 1 })],
    ['an unknown member of a case', (report) => Object.assign((report.cases as object[])[0] ?? {}, { more: 1 })],
    ['a missing summary', (report) => delete report.summary],
    [
      'a verdict that does not exist',
      (report) => Object.assign((report.cases as object[])[0] ?? {}, { verdict: 'ok' }),
    ],
    ['a time that is no time', (report) => Object.assign(report, { startedAt: 'today' })],
    ['a fraction of a millisecond', (report) => Object.assign(report, { durationMs: 0.5 })],
  ])('refuses %s', (_, change) => {
    expect(validateReport(spoil(change))).toBe(false);
  });
});

it('keeps every value and shows no character that a terminal acts on', () => {
  const report = hostileReport();
  const json = jsonReport(report);
  expect(JSON.parse(json)).toEqual(report);
  expect(json).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/u);
});
