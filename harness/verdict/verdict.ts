import type { Level } from '../../spec/catalogue.ts';

/** What is said of a case or a requirement. */
export type Verdict = 'pass' | 'fail' | 'warn' | 'info' | 'skip' | 'error';

/** Why a case or a requirement was not judged. */
export type SkipReason = 'not-applicable' | 'not-verified' | 'blocked';

/** A verdict with, for a skip, its kind and, where one is due, the reason in words. */
export type Ruling =
  | { readonly verdict: 'pass' | 'fail' | 'warn' | 'info' }
  | { readonly verdict: 'error'; readonly reason: string }
  | { readonly verdict: 'skip'; readonly skip: SkipReason; readonly reason: string };

/** The verdict on breaking a rule of a level (DESIGN: MUST fails, SHOULD warns, MAY informs). */
export function verdictOnBreach(level: Level): 'fail' | 'warn' | 'info' {
  return level === 'MUST' ? 'fail' : level === 'SHOULD' ? 'warn' : 'info';
}

/** The milder of two verdicts on a breach. */
export function milder(a: 'fail' | 'warn' | 'info', b: 'fail' | 'warn' | 'info'): 'fail' | 'warn' | 'info' {
  const order = ['info', 'warn', 'fail'] as const;
  return order[Math.min(order.indexOf(a), order.indexOf(b))] ?? 'info';
}

/**
 * One ruling out of many, the gravest first: an error or a breach always shows, a pass needs an observation, and a skip is
 * what remains when nothing was observed.
 */
export function combine(rulings: readonly Ruling[]): Ruling {
  for (const verdict of ['error', 'fail', 'warn', 'pass', 'info'] as const) {
    const found = rulings.find((ruling) => ruling.verdict === verdict);
    if (found) return found;
  }
  for (const skip of ['blocked', 'not-verified', 'not-applicable'] as const) {
    const found = rulings.find((ruling) => ruling.verdict === 'skip' && ruling.skip === skip);
    if (found) return found;
  }
  return { verdict: 'skip', skip: 'not-verified', reason: 'nothing exercised it' };
}
