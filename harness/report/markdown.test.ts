import { describe, expect, it } from 'vitest';
import { markdownReport } from './markdown.ts';
import { failedCase, finding, hostileReport, reportedCase, reportOf } from './testing/synthetic-report.ts';

const lenient = { strict: false };

describe('Markdown', () => {
  it('begins with the verdict and the counts', () => {
    const text = markdownReport(reportOf([reportedCase(), failedCase()]), lenient);
    expect(text).toMatch(/^## ❌ MCP conformance: 1 of 2 checks failed\n/);
    expect(text).toContain('\n| 1 | 1 | 0 | 0 | 0 | 0 | 0 | 0 |\n');
    expect(text).toContain('revision 2025-11-25, judged by mcp-assay 0.1.0');
  });

  it('has a block of details for each failure, with a link to the rule', () => {
    const text = markdownReport(reportOf([failedCase()]), lenient);
    expect(text).toContain('<details><summary>❌ <b>ping.answered</b> result is missing');
    expect(text).toContain(
      '- [ping.respond](<https://modelcontextprotocol.io/specification/2025-11-25/basic/utilities/ping#behavior-requirements>)',
    );
    expect(text).toContain('    < HTTP 500\n');
    expect(text.match(/<details>/g)).toHaveLength(text.match(/<\/details>/g)?.length ?? 0);
  });

  it('says the root cause', () => {
    const text = markdownReport(reportOf([], { rootCause: { case: 'survey', reason: 'nothing listens' } }), lenient);
    expect(text).toContain('**Root cause:** nothing listens');
  });

  it('lists warnings in a table, and as failures with --strict', () => {
    const report = reportOf([reportedCase({ verdict: 'warn', findings: [finding({ verdict: 'warn' })] })]);
    expect(markdownReport(report, lenient)).toContain('| warning | rule | what was seen |');
    expect(markdownReport(report, { strict: true })).toContain('<details><summary>❌ <b>ping.answered</b>');
  });

  it('cuts a long list of failures and says so', () => {
    const many = Array.from({ length: 53 }, (_, at) => failedCase({ id: `a.n${at}` }));
    const text = markdownReport(reportOf(many), lenient);
    expect(text).toContain('<b>a.n49</b>');
    expect(text).not.toContain('<b>a.n50</b>');
    expect(text).toContain('… and 3 failures more.');
  });

  it('says what of the baseline is mended and what is known', () => {
    const known = failedCase({ id: 'a.known', findings: [finding({ expected: true })] });
    const mended = { case: 'a.mended', requirement: 'ping.respond', why: 'so', state: 'mended' as const };
    const text = markdownReport(reportOf([known], { baseline: { file: 'b.yaml', entries: [mended] } }), lenient);
    expect(text).toContain('- a.mended no longer breaks ping.respond: remove that entry from <code>b.yaml</code>');
    expect(text).toContain('Known failures: a.known');
  });
});

describe('Markdown of a hostile target', () => {
  const text = markdownReport(hostileReport(), lenient);
  const outside = text.replaceAll(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '');

  it('holds no control character', () => {
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/u);
  });

  it('keeps its tables in shape', () => {
    const widths = outside
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .map((line) => line.split('|').length);
    expect(widths).toEqual([10, 10, 10, 5, 5, 5, 5, 5, 5]);
  });

  it('lets no markup, no heading and no call for somebody out of its blocks of code', () => {
    expect(outside).not.toMatch(/<img|<\/script|^# head|`|@\w/m);
    expect(text).toContain('`````text\n');
  });
});
