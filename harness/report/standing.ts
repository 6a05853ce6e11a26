import type { Finding, Report, ReportedCase } from './report.ts';

/** How severe a run is with its target. */
export interface Severity {
  /** Whether warnings and rules that nothing exercised count as failures. */
  readonly strict: boolean;
}

/** The checks that make a run fail: a known failure that the baseline lists is none. */
export function failingCases(report: Report, { strict }: Severity): ReportedCase[] {
  const listed = new Set(report.baseline?.entries.map((entry) => entry.case));
  return report.cases.filter((one) => {
    switch (one.verdict) {
      case 'fail':
      case 'warn':
        return (one.verdict === 'fail' || strict) && !isKnown(one, { strict });
      case 'not-verified':
        return strict && !listed.has(one.id) && !listed.has(withoutRevision(one.id));
      default:
        return false;
    }
  });
}

/** The checks that would fail if the baseline did not list what they found. */
export function knownFailures(report: Report, { strict }: Severity): ReportedCase[] {
  return report.cases.filter(
    (one) => (one.verdict === 'fail' || (strict && one.verdict === 'warn')) && isKnown(one, { strict }),
  );
}

/** The findings of a check that count as failures. */
export function graveFindings(one: ReportedCase, { strict }: Severity): Finding[] {
  return one.findings.filter(({ verdict }) => verdict === 'fail' || (strict && verdict === 'warn'));
}

/** The entries of the baseline that no longer fail and must go. */
export function mendedEntries(report: Report) {
  return report.baseline?.entries.filter((entry) => entry.state === 'mended') ?? [];
}

/**
 * The exit code that a report means: 1 something failed, 3 the target could not be judged (in full), 70 a check broke down
 * by a fault of ours, 0 nothing failed.
 */
export function exitCodeOf(report: Report, severity: Severity): 0 | 1 | 3 | 70 {
  if (failingCases(report, severity).length || mendedEntries(report).length) return 1;
  if (report.rootCause) return 3;
  return report.summary.error ? 70 : 0;
}

/** The id of a check as its suite has it: a report on several revisions writes `id@revision`. */
export function withoutRevision(id: string): string {
  return id.replace(/@\d{4}-\d{2}-\d{2}$/, '');
}

function isKnown(one: ReportedCase, severity: Severity): boolean {
  const grave = graveFindings(one, severity);
  return grave.length > 0 && grave.every((finding) => finding.expected === true);
}
