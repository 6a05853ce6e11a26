import { summarise } from './build-report.ts';
import type { Report, ReportedCase, ReportedRequirement, ReportedVerdict } from './report.ts';

/** The report on a target at one revision. */
export interface RevisionReport {
  readonly revision: string;
  readonly report: Report;
}

/** Gravest first; what was observed outweighs what was skipped. */
const GRAVITY: readonly ReportedVerdict[] = [
  'error',
  'fail',
  'warn',
  'pass',
  'info',
  'blocked',
  'not-verified',
  'not-applicable',
];

/**
 * One report out of several on the same target: ids of cases end in `@revision`, and a requirement has the gravest of its
 * verdicts.
 *
 * @param parts at least one
 */
export function mergeReports(parts: readonly RevisionReport[]): Report {
  const [first] = parts;
  if (!first) throw new RangeError('there is no report to merge');
  const cases = parts.flatMap(({ report, revision }) => report.cases.map((one) => suffixed(one, revision)));
  const judged = parts.filter(({ report }) => report.target.revision !== null);
  const failed = parts.find(({ report }) => report.rootCause);
  const named = judged.find(({ report }) => report.target.serverInfo !== null) ?? first;
  return {
    ...first.report,
    target: { ...named.report.target, revision: judged.map(({ revision }) => revision).join(',') || null },
    durationMs: parts.reduce((sum, { report }) => sum + report.durationMs, 0),
    summary: summarise(cases),
    rootCause: failed?.report.rootCause
      ? {
          case: `${failed.report.rootCause.case}@${failed.revision}`,
          reason: `at revision ${failed.revision}: ${failed.report.rootCause.reason}`,
        }
      : null,
    requirements: mergeRequirements(parts),
    cases,
    notes: [...new Set(parts.flatMap(({ report }) => report.notes))],
  };
}

function suffixed(one: ReportedCase, revision: string): ReportedCase {
  return { ...one, id: `${one.id}@${revision}` };
}

function mergeRequirements(parts: readonly RevisionReport[]): ReportedRequirement[] {
  const byId = new Map<string, ReportedRequirement>();
  for (const { report, revision } of parts) {
    for (const requirement of report.requirements) {
      const here = { ...requirement, cases: requirement.cases.map((id) => `${id}@${revision}`) };
      const before = byId.get(requirement.id);
      byId.set(requirement.id, before ? graver(before, here) : here);
    }
  }
  return [...byId.values()];
}

function graver(a: ReportedRequirement, b: ReportedRequirement): ReportedRequirement {
  const chosen = GRAVITY.indexOf(b.verdict) < GRAVITY.indexOf(a.verdict) ? b : a;
  return { ...chosen, cases: [...a.cases, ...b.cases] };
}
