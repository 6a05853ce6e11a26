import type { Case } from '../case/case.ts';
import { judgeCase } from '../judge/judge-case.ts';
import type { Stimuli } from '../stimuli/find-stimuli.ts';
import type { Trace } from '../trace/trace.ts';
import { type CheckInfo, type CheckResult, infoOf } from '../verdict/check.ts';
import type { CodedCheck, Generation } from './coded-check.ts';
import { PATIENCE_OF_CODE, patienceOf } from './patience.ts';
import { runCase } from './run-case.ts';
import type { RunSetting } from './run-setting.ts';
import { clientsOfOne } from './suitable-concurrency.ts';

type Made = Pick<CheckResult, 'sightings' | 'seed'> & { readonly traces: readonly Trace[] };

/** A check that drives the target, ready to be run. */
export interface Driven {
  readonly info: CheckInfo;
  /** How long it takes, compared with others: the longest begin first, so that in the end nothing waits for one of them. */
  readonly patience: number;
  /** Whether it may put the target out of order, and so has to wait for all others. */
  readonly isLast?: boolean;
  /** What has to be over before it begins. */
  readonly after?: Promise<unknown>;
  run(): Promise<Made>;
}

/** What is known before a target is tried out. */
export interface Early extends RunSetting {
  readonly certain: Stimuli;
}

/** A case as a check: it waits for the try-out only when it needs what that finds. */
export function caseCheck(testCase: Case, { certain, ...surveyed }: Early, withStimuli: Promise<RunSetting>): Driven {
  const stimuli = testCase.needs?.filter((need) => need.startsWith('stimulus:')) ?? [];
  const needy = stimuli.some((need) => !Object.hasOwn(certain, need.slice('stimulus:'.length)));
  return {
    info: infoOf(testCase),
    patience: patienceOf(testCase),
    isLast: testCase.last ?? false,
    ...(needy ? { after: withStimuli } : {}),
    run: async () => {
      const trace = await runCase(testCase, needy ? await withStimuli : surveyed);
      return { sightings: judgeCase(testCase, trace).map((outcome) => ({ outcome, trace })), traces: [trace] };
    },
  };
}

/** What generated traffic is made from, and how many clients of the run may make it. */
interface Generating extends Pick<Generation, 'runs' | 'seed'> {
  readonly concurrency: number;
}

/** A property or probe as a check. */
export function codedCheck(coded: CodedCheck, setting: RunSetting, { runs, seed, concurrency }: Generating): Driven {
  const clients = clientsOfOne(concurrency);
  return {
    info: infoOf(coded),
    patience: PATIENCE_OF_CODE,
    run: () => coded.run({ ...setting, runs, seed, clients }),
  };
}

/** Drives a check, and says how long it took; a failure of the harness is told, not thrown. */
export async function timed({ info, run }: Driven): Promise<{ result: CheckResult; traces: readonly Trace[] }> {
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
