import { factsOf, REVISIONS, type Revision } from '../../spec/revisions.ts';
import { mergeReports } from '../report/merge-reports.ts';
import type { Report } from '../report/report.ts';
import { exitCodeOf, type Severity } from '../report/standing.ts';
import { openingOf as openingOfTrace } from '../survey/why-no-connection.ts';
import type { Exchange } from '../trace/exchange.ts';
import type { Trace } from '../trace/trace.ts';
import { baselineOf, startServerAssay } from './server-assay.ts';
import type { ServerAssayOptions } from './server-assay-options.ts';
import { UsageError } from './usage-error.ts';

/** At which revisions to judge: the newest that the target accepts, certain ones, or all that it accepts. */
export type RevisionChoice = 'auto' | 'all' | readonly Revision[];

/** What came of judging a server. */
export interface AssayOutcome {
  readonly report: Report;
  readonly traces: readonly Trace[];
  /** 0 nothing failed, 1 something failed, 3 the target could not be judged, 70 a fault of ours. */
  readonly exitCode: 0 | 1 | 3 | 70;
}

/**
 * Judges a server, at several revisions one after the other. With `all`, a revision that the target refuses is noted and
 * not failed.
 *
 * @throws UsageError when none of the selected checks speaks of a revision
 */
export async function runServerAssay(
  options: ServerAssayOptions,
  revisions: RevisionChoice,
  severity: Severity,
): Promise<AssayOutcome> {
  const { report, traces } = await judge(options, revisions);
  return { report, traces, exitCode: exitCodeOf(report, severity) };
}

async function judge(options: ServerAssayOptions, revisions: RevisionChoice): Promise<Omit<AssayOutcome, 'exitCode'>> {
  if (revisions === 'auto') return judgeAt(options, null);
  if (revisions !== 'all') {
    const [only, ...more] = revisions;
    if (only && !more.length) return judgeAt(options, only);
  }
  return judgeAtEach(options, revisions === 'all' ? REVISIONS.toReversed() : revisions, revisions === 'all');
}

/** Judges at one revision after the other; those that the target refuses are part of the report unless they may be refused. */
async function judgeAtEach(options: ServerAssayOptions, revisions: readonly Revision[], refusable: boolean) {
  const parts: Part[] = [];
  const unspoken: { readonly revision: Revision; readonly error: UsageError }[] = [];
  for (const revision of revisions) {
    if (refusable && isNeedless(revision, parts)) continue;
    try {
      const part = { revision, ...(await judgeAt(options, revision)) };
      parts.push(part);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      unspoken.push({ revision, error });
    }
  }
  const judged = parts.filter(({ report }) => report.target.revision !== null);
  const tried = parts.find((part) => openingOf(part)) ?? parts[0];
  if (unspoken[0] && (!tried || (refusable && !judged.length))) throw unspoken[0].error;
  const reported = refusable ? (judged.length ? judged : parts.filter((part) => part === tried)) : parts;
  const merged = mergeReports(reported);
  const notes = [
    ...parts
      .filter((part) => !reported.includes(part) && judged.length)
      .map(({ revision, report }) => `Not judged at ${revision}: ${report.rootCause?.reason}.`),
    ...unspoken.map(({ revision }) => `Not judged at ${revision}: none of the selected checks speaks of it.`),
  ];
  return {
    report: { ...merged, notes: [...merged.notes, ...notes], ...baselineOf(options) },
    traces: reported.flatMap((part) => part.traces),
  };
}

type Part = Omit<AssayOutcome, 'exitCode'> & { readonly revision: Revision };

async function judgeAt(options: ServerAssayOptions, revision: Revision | null) {
  return (await startServerAssay(options, revision)).finish();
}

/** Whether a target need not be asked again: over a transport where it was silent, or at all where nothing came back. */
function isNeedless(revision: Revision, parts: readonly Part[]): boolean {
  const { transports } = factsOf(revision);
  return parts.some((part) => {
    const transport = part.traces[0]?.header.transport;
    const gone = !openingOf(part)?.response;
    return transport !== undefined && isSilent(part) && (gone || transports.includes(transport));
  });
}

/** Whether a target does not speak JSON-RPC at all, so that asking at other revisions only takes time. */
function isSilent(part: Part): boolean {
  const opening = openingOf(part);
  return part.report.rootCause !== null && opening !== undefined && !opening.payload.messages.length;
}

/** The exchange in which the harness asked for a session; undefined when it could not ask at that revision. */
function openingOf({ traces }: Part): Exchange | undefined {
  return traces[0] && openingOfTrace(traces[0]);
}
