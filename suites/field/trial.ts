import type { ShownExchange } from '../../harness/report/report.ts';
import type { Revision } from '../../spec/revisions.ts';

/** One subject judged at one revision. */
export interface Trial {
  readonly subject: string;
  readonly revision: Revision;
}

/** A requirement that a subject was found to break. */
export interface Sighting {
  readonly requirement: string;
  readonly verdict: 'fail' | 'warn';
  /** The checks that said so, each with the first thing it said. */
  readonly checks: readonly {
    readonly id: string;
    readonly message: string;
    readonly exchange: ShownExchange | null;
  }[];
  /** Address of the rule in the published specification. */
  readonly link: string;
}

/** How many checks came to which verdict. */
export interface Counts {
  readonly pass: number;
  readonly fail: number;
  readonly warn: number;
}

/** What came of a trial. */
export interface TrialResult extends Trial {
  /** Why the subject cannot be judged at this revision, or null; not speaking it is the usual reason. */
  readonly hopeless: string | null;
  /** How the subject went down on the way, or null. */
  readonly loss: string | null;
  /** Where the harness itself failed, each with the reason. */
  readonly failures: readonly string[];
  readonly counts: Counts;
  readonly sightings: readonly Sighting[];
  readonly durationMs: number;
}

/** A trial that nothing came of, but for what is said. */
export function emptyResult(trial: Trial, durationMs: number, more: Partial<TrialResult>): TrialResult {
  const nothing = { hopeless: null, loss: null, failures: [], counts: { pass: 0, fail: 0, warn: 0 }, sightings: [] };
  return { ...trial, ...nothing, durationMs, ...more };
}
