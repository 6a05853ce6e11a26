import { describe, expect, it } from 'vitest';
import { areaOf, junitReport } from './junit.ts';
import type { Report } from './report.ts';
import { failedCase, finding, hostileReport, reportedCase, reportOf } from './testing/synthetic-report.ts';
import { elements, readXml } from './testing/xml.ts';

const read = (report: Report, strict = false) => readXml(junitReport(report, { strict }));
const warned = reportedCase({ id: 'b.warned', verdict: 'warn', findings: [finding({ verdict: 'warn' })] });
const unverified = reportedCase({ id: 'b.unverified', verdict: 'not-verified', reason: 'no such tool' });

describe('JUnit', () => {
  it('has one suite for each area and one test for each check', () => {
    const top = read(reportOf([reportedCase(), reportedCase({ id: 'ping.other/a' }), warned]));
    const suites = elements(top, 'testsuite').map((suite) => [suite.attributes.name, suite.attributes.tests]);
    expect(suites).toEqual([
      ['ping', '2'],
      ['b', '1'],
    ]);
    expect(elements(top, 'testcase')[1]?.attributes).toEqual({
      name: 'ping.other/a: ping is answered with an empty result',
      classname: 'mcp-assay.ping',
      time: '0.007',
    });
  });

  it('shows a failure with message and evidence', () => {
    const [failure] = elements(read(reportOf([failedCase()])), 'failure');
    expect(failure?.attributes).toEqual({ message: 'result is missing (expected {"maxProperties":0})', type: 'fail' });
    expect(failure?.text).toContain('A server MUST answer ping promptly with an empty result. (ping.respond)');
    expect(failure?.text).toContain('    < HTTP 500\n');
    expect(failure?.text).toContain('Again: npx mcp-assay server');
  });

  it('keeps warnings and unverified rules from failing, but says them', () => {
    const top = read(reportOf([warned, unverified]));
    expect(top.attributes).toMatchObject({ tests: '2', failures: '0', errors: '0', skipped: '1' });
    const [warning, skip] = elements(top, 'system-out').map((out) => out.text);
    expect(warning).toContain('warn: ping is answered');
    expect(skip).toBe('not-verified: no such tool');
  });

  it('fails both with --strict', () => {
    const top = read(reportOf([warned, unverified]), true);
    expect(elements(top, 'failure').map((failure) => failure.attributes.type)).toEqual(['warn', 'not-verified']);
    expect(elements(top, 'failure')[1]?.attributes.message).toBe('no such tool');
  });

  it('skips a known failure and fails a mended one', () => {
    const known = failedCase({ id: 'a.known', findings: [finding({ expected: true })] });
    const mended = { case: 'a.mended', requirement: 'ping.respond', why: 'so', state: 'mended' as const };
    const top = read(reportOf([known], { baseline: { file: 'known.yaml', entries: [mended] } }));
    expect(top.attributes).toMatchObject({ tests: '2', failures: '1', skipped: '1' });
    expect(elements(top, 'system-out')[0]?.text).toMatch(/^known failure: /);
    expect(elements(top, 'failure')[0]?.attributes.message).toBe('no longer so: remove the entry from known.yaml');
  });

  it('shows a root cause as an error, so that a run of skips does not look green', () => {
    const blocked = reportedCase({ verdict: 'blocked', reason: 'nothing listens' });
    const top = read(reportOf([blocked], { rootCause: { case: 'survey', reason: 'nothing listens' } }));
    expect(top.attributes).toMatchObject({ tests: '2', failures: '0', errors: '1', skipped: '1' });
    expect(elements(top, 'error')[0]?.attributes.message).toBe('nothing listens');
  });

  it('shows a fault of ours as an error', () => {
    const [error] = elements(
      read(reportOf([reportedCase({ verdict: 'error', reason: 'TypeError\n  at x' })])),
      'error',
    );
    expect(error?.text).toBe('TypeError\n  at x');
  });

  it('stays well-formed whatever a target sends', () => {
    const top = read(hostileReport());
    expect(elements(top, 'testcase')).toHaveLength(5);
    expect(elements(top, 'failure')[0]?.text).toContain('a\\x1b[2J\\x00\\x9b31m\\u{d800}\\u{ffff}\\u{202e} ]] > ]] >');
    expect(elements(top, 'script')).toEqual([]);
  });
});

it.each([
  ['ping.answered', 'ping'],
  ['ping.answered@2025-11-25', 'ping'],
  ['invariant.jsonrpc.id', 'invariant.jsonrpc'],
  ['property.tools', 'property'],
])('the area of %s is %s', (id, area) => {
  expect(areaOf({ id })).toBe(area);
});
