import type { Trial, TrialResult } from './trial.ts';
import { startWorker, type Worker } from './worker-process.ts';

/** Trials side by side in one process: much of a trial is waiting for what is slow on purpose. */
const TRIALS_PER_WORKER = 8;

/**
 * Tries subjects in processes of their own, several side by side. A process that ends in the middle of its only trial is a
 * result like any other; where it had several, each is tried again by itself, so that it is certain whose end it was.
 *
 * @param jobs how many processes, at least 1
 * @param onResult told of each result as it comes
 * @returns the results in the order of the trials
 */
export async function runTrials(
  trials: readonly Trial[],
  jobs: number,
  onResult: (result: TrialResult) => void,
): Promise<TrialResult[]> {
  const all = [...trials.entries()];
  const results = new Map<number, TrialResult>();
  const doubtful: Numbered[] = [];
  const note = (at: number, result: TrialResult) => {
    results.set(at, result);
    onResult(result);
  };
  const inCompany = {
    waiting: spaced(all),
    company: TRIALS_PER_WORKER,
    note,
    onDoubt: (one: Numbered) => doubtful.push(one),
  };
  await eachOf(Math.min(jobs, Math.ceil(all.length / TRIALS_PER_WORKER)), () => workThrough(inCompany));
  const alone = { waiting: doubtful, company: 1, note, onDoubt: () => undefined };
  await eachOf(Math.min(jobs, doubtful.length), () => workThrough(alone));
  return trials.flatMap((_, at) => results.get(at) ?? []);
}

/** How many other trials come after each that is long: enough to do while that one waits. */
const BETWEEN = 8;

/** Trials in an order in which the long ones begin early and yet never many of them together. */
function spaced(all: readonly Numbered[]): Numbered[] {
  const others = all.filter(([, { long }]) => !long);
  const begun = all.filter(([, { long }]) => long).flatMap((one) => [one, ...others.splice(0, BETWEEN)]);
  return [...begun, ...others];
}

type Numbered = readonly [at: number, trial: Trial];

interface Work {
  /** What nobody has begun yet; shared by all workers. */
  readonly waiting: Numbered[];
  /** How many trials a worker has at a time. */
  readonly company: number;
  readonly note: (at: number, result: TrialResult) => void;
  /** Told of a trial whose process ended while others were tried in it. */
  readonly onDoubt: (one: Numbered) => void;
}

/** Has one worker, and another when it ends, take trials as long as there are any. */
async function workThrough(work: Work): Promise<void> {
  while (work.waiting.length) {
    const worker = await startWorker();
    await eachOf(work.company, () => takeTrials(worker, work));
    await worker.stop();
  }
}

async function takeTrials(worker: Worker, { waiting, company, note, onDoubt }: Work): Promise<void> {
  while (worker.isRunning) {
    const next = waiting.shift();
    if (!next) return;
    const [at, trial] = next;
    const start = performance.now();
    const came = await worker.tryOne(at, trial);
    if (came.kind === 'result') note(at, came.result);
    else if (company > 1) onDoubt(next);
    else note(at, endedIn(trial, came.code, performance.now() - start));
  }
}

function endedIn(trial: Trial, code: number | null, durationMs: number): TrialResult {
  return {
    ...trial,
    hopeless: null,
    loss: null,
    failures: [`the process that tried it ended with code ${code}`],
    blames: [],
    durationMs: Math.round(durationMs),
  };
}

async function eachOf(count: number, act: () => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: count }, act));
}
