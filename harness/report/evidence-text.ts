import picocolors from 'picocolors';
import { findingLines } from './console-finding.ts';
import type { Finding, Report, ReportedCase } from './report.ts';

/** Findings of one check as plain lines, for formats that hold a block of text. */
export function evidenceText(one: ReportedCase, findings: readonly Finding[], report: Report): string {
  const colors = picocolors.createColors(false);
  return [
    one.title,
    ...findings.flatMap((finding) => ['', ...findingLines(finding, report, colors)]),
    '',
    `Again: ${one.reproduce}`,
  ].join('\n');
}
