import type { CheckResult } from '../verdict/check.ts';
import type { Driven } from './driven-check.ts';

/**
 * Drives checks side by side, of those that can begin always the one that takes longest, so that in the end nothing waits
 * for a long one alone. Those that may put the target out of order come last, one after the other.
 *
 * @param concurrency how many places there are; the try-out has one of them until it is over
 * @param tryOut what checks with stimuli still to be found wait for
 * @returns the results, in the order of the checks
 */
export async function driveAll(
  checks: readonly Driven[],
  drive: (check: Driven) => Promise<CheckResult>,
  concurrency: number,
  tryOut: Promise<unknown>,
): Promise<readonly CheckResult[]> {
  const results = new Map<Driven, CheckResult>();
  const waiting = checks.filter(({ isLast }) => !isLast).toSorted((one, other) => other.patience - one.patience);
  let isOver = false;
  // whether it succeeded is for the checks to say that need what it found
  const over = tryOut.then(
    () => undefined,
    () => undefined,
  );
  const nextReady = (): Driven | undefined => {
    const at = waiting.findIndex(({ after }) => isOver || !after);
    return at < 0 ? undefined : waiting.splice(at, 1)[0];
  };
  const work = async (): Promise<void> => {
    while (waiting.length) {
      const check = nextReady();
      if (check) results.set(check, await drive(check));
      else await over;
    }
  };
  const afterTryOut = over.then(() => {
    isOver = true;
    return work();
  });
  await Promise.all([afterTryOut, ...Array.from({ length: concurrency - 1 }, work)]);
  for (const check of checks.filter(({ isLast }) => isLast)) results.set(check, await drive(check));
  return checks.flatMap((check) => results.get(check) ?? []);
}
