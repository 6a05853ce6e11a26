import { setImmediate } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { Catalogue } from '../spec/catalogue.ts';
import { factsOf, type Revision, revisionsIn, type Transport } from '../spec/revisions.ts';
import type { Case } from './case/case.ts';
import type { CheckInfo, CheckResult } from './check.ts';
import { exchangesOf } from './exchange.ts';
import type { Invariant, TraceView } from './invariants/invariant.ts';
import { judgeCase } from './judge/judge-case.ts';
import type { Limits } from './limits.ts';
import { findLoss, type Loss, withLoss } from './lost-target.ts';
import { PATIENCE_OF_CODE, patienceOf } from './patience.ts';
import { type RunSetting, runCase } from './run-case.ts';
import { type CallPolicy, certainStimuli, findStimuli, type Stimuli } from './stimuli/find-stimuli.ts';
import type { Survey } from './survey.ts';
import { speaking, type Target } from './target.ts';
import type { Trace } from './trace.ts';
import { tryOut } from './try-out/try-out.ts';
import { trySessions } from './try-out/try-sessions.ts';

/** How much traffic is generated, and from what. */
export interface Generation {
  readonly runs: number;
  readonly seed: number;
  /** How many clients may be at it at a time; one when absent. */
  readonly clients?: number;
}

/** Clients that generate traffic side by side: far-away servers take long for many exchanges one after the other. */
const GENERATING_CLIENTS = 4;

/** A check that makes its own traffic in code: a property over generated input, or a probe. */
export interface CodedCheck extends CheckInfo {
  /** The transports it speaks of; all when absent. */
  readonly transports?: readonly Transport[];
  /** A range of revisions; without it, where a required rule holds. */
  readonly revisions?: string;
  /** Drives the target and judges what it saw. */
  run(setting: RunSetting & Generation): Promise<{
    sightings: CheckResult['sightings'];
    traces: readonly Trace[];
    seed?: number;
  }>;
}

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
  readonly concurrency: number;
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
  }>;
}

/** The checks of a suite that speak of a revision and a transport, in the order of the report. */
export function checksAt<
  T extends CheckInfo & { readonly revisions?: string; readonly transports?: readonly Transport[] },
>(checks: readonly T[], catalogue: Catalogue, revision: Revision, transport?: Transport): T[] {
  return checks.filter(
    (check) =>
      (check.revisions === undefined || revisionsIn(check.revisions).includes(revision)) &&
      (!transport || !check.transports || check.transports.includes(transport)) &&
      check.requires.some((id) => catalogue.get(id)?.revisions.has(revision)),
  );
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
  const limit = pLimit(options.concurrency);
  const traces: Trace[] = [found.trace];
  const target = speaking(options.target, transport);
  const surveyed: RunSetting = { target, revision, limits: options.limits, variables: found.variables };
  const certain = certainStimuli(found.variables, options.call, options.stimuli);
  const early: Early = { ...surveyed, variables: { ...found.variables, ...certain }, certain };
  // what needs no stimuli, or none that are still to be found, runs beside the try-out
  const setting = limit(() => withStimuli(surveyed, options, traces));
  const driven: readonly Driven[] = [
    ...checksAt(suites.coded, catalogue, revision, transport).map((coded) => codedCheck(coded, surveyed, options)),
    ...checksAt(suites.cases, catalogue, revision, transport).map((testCase) => caseCheck(testCase, early, setting)),
  ];
  const invariants = checksAt(suites.invariants, catalogue, revision, transport);
  const total = driven.length + invariants.length;
  let done = 0;
  const finished = (id: string) => {
    done += 1;
    options.onChecked?.(id, done, total);
  };
  const running = new Map<Driven, Promise<CheckResult>>();
  for (const check of driven.toSorted((one, other) => other.patience - one.patience)) {
    const run = async () => {
      const { result, traces: made } = await timed(check);
      traces.push(...made);
      finished(check.info.id);
      return result;
    };
    running.set(check, check.after ? check.after.then(() => limit(run)) : limit(run));
  }
  const finish = async () => {
    const results = await Promise.all(driven.flatMap((check) => running.get(check) ?? []));
    const loss = findLoss(traces);
    for (const invariant of invariants) {
      // whoever else works in this process gets a turn
      await setImmediate();
      results.push(judgeInvariant(invariant, traces));
      finished(invariant.id);
    }
    return { results: withLoss(results, loss), traces, loss };
  };
  const all = finish();
  const infos = [...driven.map((check) => check.info), ...invariants.map(infoOf)];
  return {
    checks: infos.map((info, at) => ({ ...info, result: all.then(({ results }) => pick(results, at)) })),
    done: all,
  };
}

/** What checks are run with: the survey's findings, and the stimuli, for which the target is tried out first. */
async function withStimuli(setting: RunSetting, options: RunOptions, traces: Trace[]): Promise<RunSetting> {
  const { call, stimuli, concurrency } = options;
  const { variables: surveyed } = setting;
  if (factsOf(setting.revision).era === 'stateless') {
    const tried = await tryOut(setting, call);
    traces.push(tried.trace);
    return { ...setting, variables: { ...surveyed, ...tried.stimuli, ...findStimuli(surveyed, call, stimuli) } };
  }
  const { trace, tools, tried } = await trySessions(setting, call, concurrency);
  if (trace.events.length) traces.push(trace);
  const found = findStimuli({ ...surveyed, tools: [...tools] }, call, stimuli, tried);
  return { ...setting, variables: { ...surveyed, ...found } };
}

function pick(results: readonly CheckResult[], at: number): CheckResult {
  const result = results[at];
  if (!result) throw new RangeError(`a run of ${results.length} checks has no check ${at}`);
  return result;
}

type Made = Pick<CheckResult, 'sightings' | 'seed'> & { readonly traces: readonly Trace[] };

interface Driven {
  readonly info: CheckInfo;
  /** How long it takes, compared with others: the longest begin first, so that in the end nothing waits for one of them. */
  readonly patience: number;
  /** What has to be over before it begins. */
  readonly after?: Promise<unknown>;
  run(): Promise<Made>;
}

function infoOf({ id, title, requires }: CheckInfo): CheckInfo {
  return { id, title, requires };
}

/** What is known before a target is tried out. */
interface Early extends RunSetting {
  readonly certain: Stimuli;
}

function caseCheck(testCase: Case, { certain, ...surveyed }: Early, withStimuli: Promise<RunSetting>): Driven {
  const stimuli = testCase.needs?.filter((need) => need.startsWith('stimulus:')) ?? [];
  const needy = stimuli.some((need) => !Object.hasOwn(certain, need.slice('stimulus:'.length)));
  return {
    info: infoOf(testCase),
    patience: patienceOf(testCase),
    ...(needy ? { after: withStimuli } : {}),
    run: async () => {
      const trace = await runCase(testCase, needy ? await withStimuli : surveyed);
      return { sightings: judgeCase(testCase, trace).map((outcome) => ({ outcome, trace })), traces: [trace] };
    },
  };
}

function codedCheck(coded: CodedCheck, setting: RunSetting, { runs, seed, concurrency }: RunOptions): Driven {
  const clients = Math.min(GENERATING_CLIENTS, concurrency);
  return {
    info: infoOf(coded),
    patience: PATIENCE_OF_CODE,
    run: () => coded.run({ ...setting, runs, seed, clients }),
  };
}

async function timed({ info, run }: Driven): Promise<{ result: CheckResult; traces: readonly Trace[] }> {
  const start = performance.now();
  const durationMs = () => Math.round(performance.now() - start);
  try {
    const { traces, ...made } = await run();
    return { result: { ...info, ...made, harnessFailure: null, durationMs: durationMs() }, traces };
  } catch (error) {
    const harnessFailure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { result: { ...info, sightings: [], harnessFailure, durationMs: durationMs() }, traces: [] };
  }
}

/** Holds an invariant against every trace of a run. */
export function judgeInvariant(invariant: Invariant, traces: readonly Trace[]): CheckResult {
  const start = performance.now();
  const info = infoOf(invariant);
  try {
    const sightings = traces.flatMap((trace) => invariant.judge(viewOf(trace)).map((outcome) => ({ outcome, trace })));
    return { ...info, sightings, harnessFailure: null, durationMs: Math.round(performance.now() - start) };
  } catch (error) {
    const harnessFailure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { ...info, sightings: [], harnessFailure, durationMs: Math.round(performance.now() - start) };
  }
}

/** A trace as invariants see it. */
export function viewOf(trace: Trace): TraceView {
  const { revision } = trace.header;
  return { trace, exchanges: exchangesOf(trace), revision, facts: factsOf(revision) };
}
