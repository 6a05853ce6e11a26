import type { Report, ReportedCase } from './report.ts';

/** Why checks say nothing, and which. */
export interface SkipGroup {
  readonly verdict: 'not-applicable' | 'not-verified' | 'blocked';
  readonly reason: string;
  readonly cases: readonly ReportedCase[];
}

const KINDS = ['blocked', 'not-verified', 'not-applicable'] as const;

/** The checks that were skipped, by kind and reason; the reason that most of them share comes first. */
export function skipGroups(report: Report): SkipGroup[] {
  return KINDS.flatMap((verdict) => {
    const byReason = new Map<string, ReportedCase[]>();
    for (const one of report.cases.filter((candidate) => candidate.verdict === verdict)) {
      const reason = one.reason ?? 'no reason given';
      byReason.set(reason, [...(byReason.get(reason) ?? []), one]);
    }
    return [...byReason]
      .map(([reason, cases]): SkipGroup => ({ verdict, reason, cases }))
      .sort((a, b) => b.cases.length - a.cases.length);
  });
}
