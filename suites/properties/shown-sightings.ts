import type { Trace } from '../../harness/trace/trace.ts';
import type { Sighting } from '../../harness/verdict/check.ts';
import type { Shown } from './try-generated.ts';

/** How long the text of a counterexample may be, in characters. */
const LONGEST = 300;

/** What one generated value showed, and in which exchange. */
export interface ShownIn extends Shown {
  readonly exchange: number;
}

/** How what was tried is spoken of. */
export interface Telling<Sight> {
  /** What a value is called. */
  readonly noun: string;
  /** What is printed of a value that failed. */
  value(sight: Sight): unknown;
  /** The rules that a value gives an occasion to keep. */
  occasions(sight: Sight): readonly string[];
}

/**
 * What was seen of generated values: the smallest failure where there is one; otherwise what was kept, once for each rule that
 * had its occasion.
 */
export function shownSightings<Sight extends ShownIn>(
  sights: readonly Sight[],
  trace: Trace,
  { noun, value, occasions }: Telling<Sight>,
): Sighting[] {
  const smallest = sights.findLast(({ departure }) => departure);
  if (smallest?.departure) {
    const { requirement, message, atMost } = smallest.departure;
    const shown = JSON.stringify(value(smallest)).slice(0, LONGEST);
    return [
      {
        trace,
        outcome: {
          requirement,
          kind: 'broken',
          message: `${message}; the smallest such ${noun}: ${shown}`,
          evidence: { exchange: smallest.exchange },
          ...(atMost ? { atMost } : {}),
        },
      },
    ];
  }
  const kept = new Map(sights.flatMap((sight) => occasions(sight).map((rule) => [rule, sight.exchange] as const)));
  return [...kept].map(([requirement, exchange]) => ({
    trace,
    outcome: { requirement, kind: 'kept', evidence: { exchange } },
  }));
}

/** What is said of the rules of a property that could not be tried. */
export function blockedSightings(rules: readonly string[], reason: string, trace: Trace): Sighting[] {
  return rules.map((requirement) => ({ trace, outcome: { requirement, kind: 'skip', skip: 'blocked', reason } }));
}
