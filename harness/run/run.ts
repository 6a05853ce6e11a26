import { setImmediate } from 'node:timers/promises';
import type { Catalogue } from '../../spec/catalogue.ts';
import { factsOf } from '../../spec/revisions.ts';
import type { Case } from '../case/case.ts';
import type { Invariant } from '../invariants/invariant.ts';
import { findInterference, type Interference, withInterference } from '../judge/interference.ts';
import { type CallPolicy, certainStimuli, findStimuli, type Stimuli } from '../stimuli/find-stimuli.ts';
import { isShared } from '../survey/shared-session.ts';
import type { Survey } from '../survey/survey.ts';
import type { Limits } from '../target/limits.ts';
import { speaking, type Target } from '../target/target.ts';
import type { Trace } from '../trace/trace.ts';
import { Connections } from '../transport/connections.ts';
import { tryOut } from '../try-out/try-out.ts';
import { trySessions } from '../try-out/try-sessions.ts';
import { type CheckInfo, type CheckResult, infoOf } from '../verdict/check.ts';
import { checksAt } from './checks-at.ts';
import type { CodedCheck } from './coded-check.ts';
import { driveAll } from './drive-all.ts';
import { caseCheck, codedCheck, type Driven, type Early, timed } from './driven-check.ts';
import { InvariantWatch, viewOf } from './judge-invariant.ts';
import { findLoss, type Loss, withLoss } from './lost-target.ts';
import type { RunSetting } from './run-setting.ts';
import { suitableConcurrency } from './suitable-concurrency.ts';

/** What a server is judged by. */
export interface ServerSuites {
  readonly cases: readonly Case[];
  readonly invariants: readonly Invariant[];
  readonly coded: readonly CodedCheck[];
}

/** How a run goes about its work. */
export interface RunOptions {
  readonly target: Target;
  readonly limits: Limits;
  /** Checks at the same time; null for as many as suit the target. */
  readonly concurrency: number | null;
  /** Inputs per property. */
  readonly runs: number;
  readonly seed: number;
  /** Which tools may be called with valid arguments. */
  readonly call: CallPolicy;
  /** Stimuli that the user's configuration names. */
  readonly stimuli: Stimuli;
  /** Told of each finished check, so that long work shows progress. */
  readonly onChecked?: (id: string, done: number, total: number) => void;
}

/** A run under way: a promise for each check, and one for all. */
export interface StartedRun {
  readonly checks: readonly (CheckInfo & { readonly result: Promise<CheckResult> })[];
  /** Settles when every check is done; never rejects. */
  readonly done: Promise<{
    readonly results: readonly CheckResult[];
    readonly traces: readonly Trace[];
    /** Set when the target went down on the way. */
    readonly loss: Loss | null;
    /** Set when answers came that say nothing of the target. */
    readonly interference: Interference | null;
  }>;
}

/** Runs every check of the suites against a server that the survey found fit to be judged. */
export function startRun(
  found: Survey & { kind: 'judgeable' },
  suites: ServerSuites,
  catalogue: Catalogue,
  options: RunOptions,
): StartedRun {
  const { revision } = found;
  const { transport } = found.trace.header;
  // in a session that all clients share, one after the other
  const concurrency = isShared(found.variables) ? 1 : (options.concurrency ?? suitableConcurrency(found.trace));
  const traces: Trace[] = [];
  const target = speaking(options.target, transport);
  const connections = new Connections();
  const surveyed: RunSetting = { target, revision, limits: options.limits, variables: found.variables, connections };
  const certain = certainStimuli(found.variables, options.call, options.stimuli);
  const early: Early = { ...surveyed, variables: { ...found.variables, ...certain }, certain };
  // what needs no stimuli, or none that are still to be found, runs beside the try-out
  const open: Promise<unknown>[] = [];
  const tryOuts: Trace[] = [];
  const setting = withStimuli(surveyed, { ...options, concurrency }, tryOuts, open);
  const driven: readonly Driven[] = [
    ...checksAt(suites.coded, catalogue, revision, transport).map((coded) =>
      codedCheck(coded, surveyed, { ...options, concurrency }),
    ),
    ...checksAt(suites.cases, catalogue, revision, transport).map((testCase) => caseCheck(testCase, early, setting)),
  ];
  const invariants = checksAt(suites.invariants, catalogue, revision, transport);
  const watches = invariants.map((invariant) => new InvariantWatch(invariant));
  // each trace as soon as it is whole, while others are still waiting for the target
  const add = (trace: Trace) => {
    traces.push(trace);
    const view = viewOf(trace);
    for (const watch of watches) watch.see(view);
  };
  add(found.trace);
  const total = driven.length + invariants.length;
  let done = 0;
  const finished = (id: string) => {
    done += 1;
    options.onChecked?.(id, done, total);
  };
  const drive = async (check: Driven): Promise<CheckResult> => {
    const { result, traces: made } = await timed(check);
    for (const trace of made) {
      add(trace);
      // whoever else works in this process gets a turn
      await setImmediate();
    }
    finished(check.info.id);
    return result;
  };
  const finish = async () => {
    const results = [...(await driveAll(driven, drive, concurrency, setting))];
    await Promise.all(open);
    await connections.close();
    for (const trace of tryOuts) add(trace);
    const loss = findLoss(traces);
    const interference = findInterference(traces);
    for (const watch of watches) {
      const result = watch.result();
      results.push(result);
      finished(result.id);
    }
    const judged = withInterference(withLoss(results, loss), interference);
    return { results: judged, traces, loss, interference };
  };
  const all = finish();
  const infos = [...driven.map((check) => check.info), ...invariants.map(infoOf)];
  return {
    checks: infos.map((info, at) => ({ ...info, result: all.then(({ results }) => pick(results, at)) })),
    done: all,
  };
}

/**
 * What checks are run with: the survey's findings, and the stimuli, for which the target is tried out first.
 *
 * @param traces gets what was seen on the way; it is whole when all in `open` has settled
 */
async function withStimuli(
  setting: RunSetting,
  options: Pick<RunOptions, 'call' | 'stimuli'> & { readonly concurrency: number },
  traces: Trace[],
  open: Promise<unknown>[],
): Promise<RunSetting> {
  const { call, stimuli, concurrency } = options;
  const { variables: surveyed } = setting;
  if (factsOf(setting.revision).era === 'stateless') {
    const tried = await tryOut(setting, call);
    traces.push(tried.trace);
    const found = findStimuli(surveyed, call, stimuli, tried.tried);
    return { ...setting, variables: { ...surveyed, ...tried.stimuli, ...found } };
  }
  const { trace, tools, tried, over } = await trySessions(setting, call, concurrency);
  open.push(over);
  if (trace.events.length) traces.push(trace);
  const found = findStimuli({ ...surveyed, tools: [...tools] }, call, stimuli, tried);
  return { ...setting, variables: { ...surveyed, ...found } };
}

function pick(results: readonly CheckResult[], at: number): CheckResult {
  const result = results[at];
  if (!result) throw new RangeError(`a run of ${results.length} checks has no check ${at}`);
  return result;
}
