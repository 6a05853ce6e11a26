/** Waiting in real time. */
import { setTimeout as sleep } from 'node:timers/promises';

/** A longer delay makes node's timers fire at once. */
const LONGEST_DELAY_MS = 2 ** 31 - 1;

/**
 * Waits for at least so many milliseconds: node's timers may fire a fraction of a millisecond early.
 *
 * @param signal ends the waiting early, without an error
 */
export async function waitAtLeast(milliseconds: number, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + milliseconds;
  while (!signal.aborted) {
    const left = deadline - performance.now();
    if (left <= 0) return;
    await sleep(Math.min(Math.ceil(left), LONGEST_DELAY_MS), undefined, { signal }).catch(() => {});
  }
}

/** What a promise brings within so many milliseconds, and `late` when it takes longer. */
export async function within<T, L>(milliseconds: number, promise: Promise<T>, late: L): Promise<T | L> {
  const timer = new AbortController();
  const timeUp = sleep(milliseconds, late, { signal: timer.signal }).catch(() => late);
  try {
    return await Promise.race([promise, timeUp]);
  } finally {
    timer.abort();
  }
}
