import type { Catalogue } from '../../spec/catalogue.ts';
import { factsOf, type Revision, type Transport } from '../../spec/revisions.ts';
import { findInterference, withInterference } from '../judge/interference.ts';
import { judgeCase } from '../judge/judge-case.ts';
import { observe } from '../judge/observation.ts';
import { buildReport } from '../report/build-report.ts';
import { mergeReports } from '../report/merge-reports.ts';
import type { Report } from '../report/report.ts';
import { checksAt } from '../run/checks-at.ts';
import { judgeInvariant } from '../run/judge-invariant.ts';
import { findLoss, withLoss } from '../run/lost-target.ts';
import type { ServerSuites } from '../run/run.ts';
import { whyNotServed, whyOnlyDiscovered } from '../survey/whether-served.ts';
import { openingOf, whyUnfit } from '../survey/why-no-connection.ts';
import { whyNotStateless } from '../survey/why-not-stateless.ts';
import { exchangesOf } from '../trace/exchange.ts';
import type { Trace } from '../trace/trace.ts';
import type { BaselineWatch } from '../verdict/baseline.ts';
import type { CheckInfo, CheckResult } from '../verdict/check.ts';
import { isObject } from '../wire/json-rpc.ts';
import { blockAll } from './block-all.ts';
import { type CommandLine, reproduceLine } from './reproduce.ts';
import { allChecks, type Selection } from './select-checks.ts';
import { causesOf } from './server-work.ts';

/** What to judge traces by. */
export interface JudgeOptions {
  readonly suites: ServerSuites;
  readonly catalogue: Catalogue;
  readonly selection: Selection | null;
  readonly baseline: BaselineWatch | null;
  readonly commandLine: CommandLine;
}

/**
 * Judges recorded traces again, without any traffic: the same verdicts as in the run that recorded them, except that
 * properties and probes, which judge while they drive, are left to the invariants.
 *
 * @param traces at least one
 */
export function judgeTraces(traces: readonly Trace[], options: JudgeOptions): Report {
  const runs = runsOf(traces);
  const parts = runs.map((run) => ({ revision: revisionOf(run), report: judgeRun(run, options) }));
  const report = parts.length === 1 && parts[0] ? parts[0].report : mergeReports(parts);
  return options.baseline ? { ...report, baseline: options.baseline.summary() } : report;
}

/** A run begins with its survey; a file may hold several. */
function runsOf(traces: readonly Trace[]): Trace[][] {
  const runs: Trace[][] = [];
  for (const trace of traces) {
    const run = runs.at(-1);
    if (run && trace.header.case !== 'survey') run.push(trace);
    else runs.push([trace]);
  }
  return runs;
}

/** The survey may have asked for another revision than the one that was agreed on. */
function revisionOf(run: readonly Trace[]): Revision {
  const trace = run.find(({ header }) => header.case !== 'survey') ?? run[0];
  if (!trace) throw new RangeError('there is no trace to judge');
  return trace.header.revision;
}

function judgeRun(run: readonly Trace[], options: JudgeOptions): Report {
  const { suites, catalogue, baseline } = options;
  const revision = revisionOf(run);
  const shown = (check: CheckInfo) => options.selection?.(check.id) ?? true;
  const hopeless = whyNothing(run);
  const checks = checksAt(allChecks(suites), catalogue, revision, transportOf(run)).filter(shown);
  const loss = findLoss(run);
  const judged = hopeless ? blockAll(checks, hopeless.reason, hopeless.trace) : judgeAll(run, options, revision);
  const interference = hopeless ? null : findInterference(run);
  const all = withInterference(withLoss(judged, loss), interference);
  const causes = causesOf(all, loss, interference);
  const results = all.filter(shown);
  const report = buildReport({
    revision,
    catalogue,
    hide: (text) => text,
    reproduce: (check) => reproduceLine(options.commandLine, check, null),
    target: targetOf(run, hopeless ? null : revision),
    results,
    rootCause: hopeless ? { case: 'survey', reason: hopeless.reason } : causes.rootCause,
    startedAt: new Date(run[0]?.header.startedAt ?? 0),
    durationMs: results.reduce((sum, result) => sum + result.durationMs, 0),
    notes: ['Judged from a trace: nothing was sent.', ...unjudged(run, options), ...causes.notes],
  });
  const byId = new Map(results.map((result) => [result.id, result]));
  const cases = report.cases.map((one) => {
    const result = byId.get(one.id);
    return result && baseline ? baseline.mark(one, result, revision) : one;
  });
  return { ...report, cases };
}

function judgeAll(run: readonly Trace[], { suites, catalogue }: JudgeOptions, revision: Revision): CheckResult[] {
  const cases = checksAt(suites.cases, catalogue, revision, transportOf(run)).flatMap((testCase) => {
    const traces = run.filter(({ header }) => header.case === testCase.id);
    if (!traces.length) return [];
    const { id, title, requires } = testCase;
    const sightings = traces.flatMap((trace) => judgeCase(testCase, trace).map((outcome) => ({ outcome, trace })));
    const durationMs = Math.round(traces.reduce((sum, { events }) => sum + (events.at(-1)?.at ?? 0), 0));
    return [{ id, title, requires, sightings, harnessFailure: null, durationMs }];
  });
  const invariants = checksAt(suites.invariants, catalogue, revision, transportOf(run)).map((invariant) =>
    judgeInvariant(invariant, run),
  );
  return [...cases, ...invariants];
}

/** What the harness does without a case. */
const HARNESS: ReadonlySet<string> = new Set(['survey', 'try-out']);

/** Remarks on the traffic that no case of this version can judge. */
function unjudged(run: readonly Trace[], { suites }: JudgeOptions): string[] {
  const known = new Set(suites.cases.map((testCase) => testCase.id));
  const names = new Set(run.map(({ header }) => header.case).filter((name) => !HARNESS.has(name) && !known.has(name)));
  return names.size ? [`Judged by the invariants only: ${[...names].join(', ')}.`] : [];
}

/** Why a run came to nothing after its first look at the target, or null. */
function whyNothing(run: readonly Trace[]): { readonly reason: string; readonly trace: Trace } | null {
  const [trace, ...more] = run;
  if (!trace || more.length || trace.header.case !== 'survey') return null;
  const opening = openingOf(trace);
  const because = (reason: string) => ({ reason, trace });
  if (factsOf(trace.header.revision).era === 'stateless') {
    const exchanges = exchangesOf(trace);
    const unspoken = whyNotStateless(exchanges.slice(0, 2), trace.header.revision, trace.events);
    const reason = unspoken ?? whyOnlyDiscovered(exchanges);
    return reason === null ? null : because(reason);
  }
  if (!opening) return because('the trace holds no answer to initialize');
  const { result } = observe(opening);
  const spoken = isObject(result) ? result.protocolVersion : undefined;
  const { revision } = trace.header;
  const refused =
    spoken === revision ? null : `it does not speak revision ${revision}: asked for it, it offers ${spoken}`;
  const problem = whyUnfit(trace, opening);
  const reason = problem ?? refused ?? whyNotServed(exchangesOf(trace));
  return reason === null ? null : because(reason);
}

function targetOf(run: readonly Trace[], revision: Revision | null): Report['target'] {
  const servers = run.map(({ header }) => header.variables.server).filter(isObject);
  return {
    kind: 'server',
    url: run[0]?.header.target ?? '',
    serverInfo: servers[0]?.serverInfo ?? null,
    revision,
    transport: run[0]?.header.transport ?? 'streamable-http',
  };
}

/** The transport of a run: all its traces have the same. */
function transportOf(run: readonly Trace[]): Transport | undefined {
  return run[0]?.header.transport;
}
