import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Trial, TrialResult } from './trial.ts';

const WORKER = new URL('./worker.ts', import.meta.url);
/** Lets a process run TypeScript, whatever the one that starts it was started with. */
const LOADER = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
/** Most of what a trial makes is thrown away with it: with more room for what is young, little of it is copied first. */
const YOUNG_MEBIBYTES = 128;

/** What a worker is sent: a trial, and a number by which its result is known. */
export interface Order {
  readonly at: number;
  readonly trial: Trial;
}

/** What a worker says: that it takes orders, or what came of one. */
export type Report = 'ready' | { readonly at: number; readonly result: TrialResult };

/** What came of a trial: its result, or the end of the process that tried it. */
export type Came =
  | { readonly kind: 'result'; readonly result: TrialResult }
  | { readonly kind: 'ended'; readonly code: number | null };

/** A process that tries subjects, several side by side. */
export interface Worker {
  readonly isRunning: boolean;
  tryOne(at: number, trial: Trial): Promise<Came>;
  stop(): Promise<void>;
}

/** Starts a process and waits until it takes trials. */
export async function startWorker(): Promise<Worker> {
  const worker = fork(WORKER, {
    execArgv: [`--max-semi-space-size=${YOUNG_MEBIBYTES}`, '--import', LOADER],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const settle = new Map<number, (came: Came) => void>();
  const ended = once(worker, 'exit').then(([code]): number | null => code);
  await isReady(worker, ended);
  let isRunning = true;
  worker.on('message', (report: Report) => {
    if (report !== 'ready') settle.get(report.at)?.({ kind: 'result', result: report.result });
  });
  void ended.then((code) => {
    isRunning = false;
    for (const one of settle.values()) one({ kind: 'ended', code });
  });
  return {
    get isRunning() {
      return isRunning;
    },
    tryOne: async (at, trial) => {
      const came = new Promise<Came>((resolve) => {
        settle.set(at, resolve);
      });
      const order: Order = { at, trial };
      // what cannot be sent any more has an end that is told anyway
      worker.send(order, () => undefined);
      return came.finally(() => settle.delete(at));
    },
    stop: async () => {
      if (worker.connected) worker.disconnect();
      await ended;
    },
  };
}

async function isReady(worker: ChildProcess, ended: Promise<number | null>): Promise<void> {
  const ready = new AbortController();
  const said = once(worker, 'message', { signal: ready.signal });
  const tooEarly = ended.then((code) => {
    if (!ready.signal.aborted) throw new Error(`a worker ended with code ${code} before it could work`);
  });
  await Promise.race([said, tooEarly]);
  ready.abort();
  await said.catch(() => undefined);
}
