import { expect, it } from 'vitest';
import { headline } from './headline.ts';
import { failedCase, finding, reportedCase, reportOf } from './testing/synthetic-report.ts';

const mended = { case: 'a.b', requirement: 'ping.respond', why: 'so', state: 'mended' as const };
const rootCause = { case: 'survey', reason: 'nothing listens' };

it.each([
  ['good', 'nothing failed: 1 passed', reportOf([reportedCase()])],
  ['doubtful', 'nothing failed: 1 passed, 1 warning', reportOf([reportedCase(), reportedCase({ verdict: 'warn' })])],
  ['bad', '1 of 2 checks failed', reportOf([reportedCase(), failedCase()])],
  ['bad', '1 of 1 check failed', reportOf([failedCase()])],
  [
    'doubtful',
    'nothing new failed; 1 known failure',
    reportOf([failedCase({ findings: [finding({ expected: true })] })]),
  ],
  [
    'bad',
    '1 known failure of the baseline no longer fails',
    reportOf([reportedCase()], { baseline: { file: 'b', entries: [mended] } }),
  ],
  ['unknown', 'nothing failed, and nothing passed either', reportOf([reportedCase({ verdict: 'not-applicable' })])],
  ['unknown', '1 check could not finish by a fault of mcp-assay', reportOf([reportedCase({ verdict: 'error' })])],
  ['unknown', 'the target could not be judged', reportOf([reportedCase({ verdict: 'blocked' })], { rootCause })],
  [
    'unknown',
    'the target could not be judged in full',
    reportOf([reportedCase({ verdict: 'blocked' }), reportedCase()], { rootCause }),
  ],
])('is %s: %s', (mood, text, report) => {
  expect(headline(report, { strict: false })).toEqual({ mood, text });
});
