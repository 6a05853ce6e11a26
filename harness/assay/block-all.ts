import type { Trace } from '../trace/trace.ts';
import type { CheckInfo, CheckResult } from '../verdict/check.ts';

/** The results of checks on a target that cannot be judged: every one is blocked, for the one reason there is. */
export function blockAll(checks: readonly CheckInfo[], reason: string, trace: Trace): CheckResult[] {
  return checks.map(({ id, title, requires }) => ({
    id,
    title,
    requires,
    sightings: requires.map((requirement) => ({
      outcome: { requirement, kind: 'skip', skip: 'blocked', reason },
      trace,
    })),
    harnessFailure: null,
    durationMs: 0,
  }));
}
