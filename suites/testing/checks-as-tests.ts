import { describe, expect, it } from 'vitest';
import type { ServerAssay } from '../../harness/assay/server-assay.ts';
import { evidenceText } from '../../harness/report/evidence-text.ts';
import type { Report, ReportedCase, ReportedVerdict } from '../../harness/report/report.ts';

/** Verdicts that make a test fail, besides errors of the harness. */
export interface Strictness {
  readonly failing: readonly ReportedVerdict[];
}

/**
 * Defines one vitest test for each check of an assay that has started: what the suites find becomes the failure message,
 * what was not judged becomes a skip with its reason.
 */
export function checksAsTests(name: string, assay: ServerAssay, { failing }: Strictness): void {
  const finished = assay.finish();
  describe(name, () => {
    it('the target can be judged', async () => {
      const { report } = await finished;
      expect(report.rootCause, report.rootCause?.reason).toBeNull();
    });
    for (const check of assay.checks) {
      it(check.id, async (context) => {
        const one = await check.reported();
        const { report } = await finished;
        if (isSkip(one) && !failing.includes(one.verdict)) context.skip(`${one.verdict}: ${one.reason ?? 'no reason'}`);
        if (one.verdict === 'warn') await context.annotate(explain(one, report), 'warning');
        if (one.verdict === 'error' || failing.includes(one.verdict)) throw new Error(explain(one, report));
        expect(one.verdict).toMatch(/^(pass|info|warn)$/);
      });
    }
  });
}

function isSkip(one: ReportedCase): boolean {
  return one.verdict === 'not-applicable' || one.verdict === 'not-verified' || one.verdict === 'blocked';
}

function explain(one: ReportedCase, report: Report): string {
  return one.findings.length ? evidenceText(one, one.findings, report) : `${one.title}: ${one.verdict} (${one.reason})`;
}
