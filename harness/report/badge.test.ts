import { describe, expect, it } from 'vitest';
import { badgeEndpoint, badgeSvg } from './badge.ts';
import { failedCase, finding, hostileReport, reportedCase, reportOf } from './testing/synthetic-report.ts';
import { elements, readXml } from './testing/xml.ts';

const lenient = { strict: false };
const rootCause = { case: 'survey', reason: 'nothing listens' };
const several = reportOf([reportedCase(), reportedCase()]);

describe('a badge', () => {
  it.each([
    ['2025-11-25 passing (1)', 'brightgreen', reportOf([reportedCase()])],
    ['2025-11-25 passing (1)', 'green', reportOf([reportedCase(), reportedCase({ verdict: 'warn' })])],
    [
      '2 revisions passing (2)',
      'brightgreen',
      { ...several, target: { ...several.target, revision: '2025-11-25,2025-06-18' } },
    ],
    ['1 failing', 'red', reportOf([reportedCase(), failedCase()])],
    ['not judged', 'lightgrey', reportOf([reportedCase({ verdict: 'blocked' })], { rootCause })],
    ['not judged', 'lightgrey', reportOf([reportedCase({ verdict: 'not-verified' })])],
    ['1 not finished', 'lightgrey', reportOf([reportedCase(), reportedCase({ verdict: 'error' })])],
    [
      '2025-11-25 passing (1), 1 known to fail',
      'yellow',
      reportOf([reportedCase(), failedCase({ findings: [finding({ expected: true })] })]),
    ],
  ])('says "%s" in %s', (message, color, report) => {
    expect(JSON.parse(badgeEndpoint(report, lenient))).toEqual({ schemaVersion: 1, label: 'MCP', message, color });
  });

  it('is an image with the same words', () => {
    const image = readXml(`<?xml?>${badgeSvg(reportOf([failedCase()]), lenient)}`);
    expect(image.name).toBe('svg');
    expect(elements(image, 'title')[0]?.text).toBe('MCP: 1 failing');
  });

  it('holds nothing of what a target sends', () => {
    expect(badgeSvg(hostileReport(), lenient)).not.toMatch(/everyone|<img/);
  });
});
