import type { Catalogue } from '../../spec/catalogue.ts';
import type { Revision } from '../../spec/revisions.ts';
import { startClientAssay } from '../client/run/start-client-assay.ts';
import { buildReport } from '../report/build-report.ts';
import { mergeReports } from '../report/merge-reports.ts';
import { exitCodeOf, type Severity } from '../report/standing.ts';
import type { Limits } from '../target/limits.ts';
import { hider } from '../target/target.ts';
import type { BaselineWatch } from '../verdict/baseline.ts';
import { type CommandLine, reproduceLine } from './reproduce.ts';
import type { AssayOutcome, RevisionChoice } from './run-server-assay.ts';
import type { Selection } from './select-checks.ts';
import type { Progress } from './server-assay-options.ts';
import { UsageError } from './usage-error.ts';

/** What client to judge, and how. */
export interface ClientAssayOptions {
  /** Program and arguments; the address of the harness's server is appended. */
  readonly command: readonly string[];
  readonly catalogue: Catalogue;
  readonly limits: Limits;
  readonly concurrency: number;
  readonly selection: Selection | null;
  readonly baseline: BaselineWatch | null;
  readonly commandLine: CommandLine;
  readonly onProgress?: (progress: Progress) => void;
}

/** The revisions that a client can be judged at, oldest first. */
const REVISIONS: readonly Revision[] = ['2025-03-26', '2025-06-18', '2025-11-25'];

/**
 * Judges a client, at several revisions one after the other.
 *
 * @throws UsageError for a revision that clients cannot be judged at
 */
export async function runClientAssay(
  options: ClientAssayOptions,
  choice: RevisionChoice,
  severity: Severity,
): Promise<AssayOutcome> {
  const revisions = choice === 'auto' ? [null] : choice === 'all' ? REVISIONS : choice;
  const parts = [];
  for (const revision of revisions) {
    if (revision && !REVISIONS.includes(revision)) {
      throw new UsageError(`clients cannot be judged at revision ${revision} yet; known are ${REVISIONS.join(', ')}`);
    }
    parts.push(await judgeAt(options, revision));
  }
  const [first, ...more] = parts;
  const report = first && !more.length ? first.report : mergeReports(parts);
  const whole = options.baseline ? { ...report, baseline: options.baseline.summary() } : report;
  return { report: whole, traces: parts.flatMap(({ traces }) => traces), exitCode: exitCodeOf(whole, severity) };
}

async function judgeAt(options: ClientAssayOptions, wanted: Revision | null) {
  const { command, catalogue, limits, concurrency, selection, baseline, commandLine, onProgress } = options;
  const clock = { startedAt: new Date(), start: performance.now() };
  onProgress?.({ kind: 'survey', revision: wanted });
  const started = await startClientAssay({
    command,
    revision: wanted,
    limits,
    concurrency,
    ...(selection ? { caseFilter: selection } : {}),
    onChecked: (id, done, total) => onProgress?.({ kind: 'checked', id, done, total }),
  });
  const { revision } = started;
  onProgress?.({ kind: 'judging', revision, total: started.checks.length });
  const { results, traces } = await started.done;
  const report = buildReport({
    revision,
    catalogue,
    hide: hider({ url: '', credentials: [] }),
    reproduce: (check) => reproduceLine(commandLine, check, revision),
    target: {
      kind: 'client',
      command,
      serverInfo: started.clientInfo,
      revision: started.rootCause ? null : revision,
      transport: 'streamable-http',
    },
    results,
    rootCause: started.rootCause,
    startedAt: clock.startedAt,
    durationMs: performance.now() - clock.start,
    notes: [],
  });
  const byId = new Map(results.map((result) => [result.id, result]));
  const cases = report.cases.map((one) => {
    const result = byId.get(one.id);
    return result && baseline ? baseline.mark(one, result, revision) : one;
  });
  return { revision, report: { ...report, cases }, traces };
}
