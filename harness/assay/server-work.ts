import type { Revision } from '../../spec/revisions.ts';
import { type Interference, isOverwhelming } from '../judge/interference.ts';
import type { Report } from '../report/report.ts';
import { checksAt } from '../run/checks-at.ts';
import type { Loss } from '../run/lost-target.ts';
import { startRun } from '../run/run.ts';
import type { Survey } from '../survey/survey.ts';
import type { Trace } from '../trace/trace.ts';
import type { CheckInfo, CheckResult } from '../verdict/check.ts';
import { blockAll } from './block-all.ts';
import { allChecks, suitesFor } from './select-checks.ts';
import type { ServerAssayOptions } from './server-assay-options.ts';
import { UsageError } from './usage-error.ts';

/** The checks of an assay under way, and what comes of all of them. */
export interface Work {
  readonly checks: readonly (CheckInfo & { readonly result: Promise<CheckResult> })[];
  readonly done: Promise<{
    readonly results: readonly CheckResult[];
    readonly traces: readonly Trace[];
    readonly rootCause: Report['rootCause'];
    /** Remarks for the report. */
    readonly notes: readonly string[];
  }>;
}

/**
 * Starts every selected check.
 *
 * @throws UsageError when none of them speaks of the revision
 */
export function startWork(found: Survey & { kind: 'judgeable' }, options: ServerAssayOptions): Work {
  const { suites, catalogue, selection, onProgress } = options;
  const running = suitesFor(suites, selection);
  const total = checksAt(allChecks(running), catalogue, found.revision, found.trace.header.transport).length;
  const shown = (check: CheckInfo) => selection?.(check.id) ?? true;
  if (!checksAt(allChecks(running).filter(shown), catalogue, found.revision, found.trace.header.transport).length) {
    throw new UsageError(
      `none of the checks that --case selects speaks of revision ${found.revision}; "mcp-assay list" shows which do, and --revision chooses another`,
    );
  }
  onProgress?.({ kind: 'judging', revision: found.revision, total });
  const run = startRun(found, running, catalogue, {
    ...options,
    onChecked: (id, done, of) => onProgress?.({ kind: 'checked', id, done, total: of }),
  });
  return {
    checks: run.checks.filter(shown),
    done: run.done.then(({ results, traces, loss, interference }) => ({
      results: results.filter(shown),
      traces,
      ...causesOf(results, loss, interference),
    })),
  };
}

/** What kept checks from their answers: the root cause of all where it was most of them, else a remark. */
export function causesOf(
  results: readonly CheckResult[],
  loss: Loss | null,
  interference: Interference | null,
): { readonly rootCause: Report['rootCause']; readonly notes: readonly string[] } {
  if (loss) return { rootCause: { case: loss.suspects[0] ?? 'survey', reason: loss.reason }, notes: [] };
  if (!interference) return { rootCause: null, notes: [] };
  const { reason } = interference;
  if (isOverwhelming(results, interference)) return { rootCause: { case: 'survey', reason }, notes: [] };
  return { rootCause: null, notes: [`Some checks are blocked: ${reason}.`] };
}

/** Every selected check, blocked by what makes the target hopeless. */
export function blockedWork(
  { reason, trace }: Survey & { kind: 'hopeless' },
  { suites, catalogue, selection }: ServerAssayOptions,
  revision: Revision,
): Work {
  const checks = checksAt(allChecks(suites), catalogue, revision, trace.header.transport).filter(
    (check) => selection?.(check.id) ?? true,
  );
  const results = blockAll(checks, reason, trace);
  return {
    checks: results.map((result) => ({ ...result, result: Promise.resolve(result) })),
    done: Promise.resolve({ results, traces: [trace], rootCause: { case: 'survey', reason }, notes: [] }),
  };
}
