import { factsOf } from '../../spec/revisions.ts';
import type { Invariant, TraceView } from '../invariants/invariant.ts';
import { exchangesOf } from '../trace/exchange.ts';
import type { Trace } from '../trace/trace.ts';
import { type CheckResult, infoOf, type Sighting } from '../verdict/check.ts';

/** Holds an invariant against every trace of a run. */
export function judgeInvariant(invariant: Invariant, traces: readonly Trace[]): CheckResult {
  const watch = new InvariantWatch(invariant);
  for (const trace of traces) watch.see(viewOf(trace));
  return watch.result();
}

/** Holds one invariant against the traces of a run as they come. */
export class InvariantWatch {
  readonly #invariant: Invariant;
  readonly #sightings: Sighting[] = [];
  #harnessFailure: string | null = null;
  #durationMs = 0;

  constructor(invariant: Invariant) {
    this.#invariant = invariant;
  }

  /** Judges one more trace; nothing is to be added to it any more. */
  see(view: TraceView): void {
    if (this.#harnessFailure !== null) return;
    const start = performance.now();
    try {
      for (const outcome of this.#invariant.judge(view)) this.#sightings.push({ outcome, trace: view.trace });
    } catch (error) {
      this.#harnessFailure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    }
    this.#durationMs += performance.now() - start;
  }

  /** What came of it so far. */
  result(): CheckResult {
    const harnessFailure = this.#harnessFailure;
    const sightings = harnessFailure === null ? this.#sightings : [];
    return { ...infoOf(this.#invariant), sightings, harnessFailure, durationMs: Math.round(this.#durationMs) };
  }
}

/** A trace as invariants see it. */
export function viewOf(trace: Trace): TraceView {
  const { revision } = trace.header;
  return { trace, exchanges: exchangesOf(trace), revision, facts: factsOf(revision) };
}
