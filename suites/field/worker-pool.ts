import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { emptyResult, type Trial, type TrialResult } from './trial.ts';

const WORKER = new URL('./worker.ts', import.meta.url);
/** Lets a process run TypeScript, whatever the one that starts it was started with. */
const LOADER = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/**
 * Judges subjects in processes of their own, one at a time in each, so that none takes the time of another; a process that
 * ends in the middle of a trial is a result like any other.
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
  const waiting = [...trials.entries()];
  const results = new Map<number, TrialResult>();
  const work = async () => {
    let worker: ChildProcess | null = null;
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [at, trial] = next;
      worker ??= await startWorker();
      const result = await judgeIn(worker, trial);
      if (!worker.connected) worker = null;
      results.set(at, result);
      onResult(result);
    }
    if (worker) await stopWorker(worker);
  };
  await Promise.all(Array.from({ length: Math.min(jobs, trials.length) }, work));
  return trials.flatMap((_, at) => results.get(at) ?? []);
}

/** Starts a process and waits until it takes trials. */
async function startWorker(): Promise<ChildProcess> {
  const worker = fork(WORKER, { execArgv: ['--import', LOADER], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('exit', (code) => reject(new Error(`a worker ended with code ${code} before it could work`)));
  });
  return worker;
}

async function judgeIn(worker: ChildProcess, trial: Trial): Promise<TrialResult> {
  const start = performance.now();
  const listening = new AbortController();
  const { signal } = listening;
  const answered = once(worker, 'message', { signal }).then(([result]): TrialResult => result);
  const ended = once(worker, 'exit', { signal }).then(([code]) =>
    emptyResult(trial, Math.round(performance.now() - start), {
      failures: [`the process that judged it ended with code ${code}`],
    }),
  );
  worker.send(trial);
  try {
    return await Promise.race([answered, ended]);
  } finally {
    listening.abort();
    await Promise.allSettled([answered, ended]);
  }
}

async function stopWorker(worker: ChildProcess): Promise<void> {
  const ended = once(worker, 'exit');
  worker.disconnect();
  await ended;
}
