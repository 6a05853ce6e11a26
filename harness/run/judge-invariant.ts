import { factsOf } from '../../spec/revisions.ts';
import type { Invariant, TraceView } from '../invariants/invariant.ts';
import { exchangesOf } from '../trace/exchange.ts';
import type { Trace } from '../trace/trace.ts';
import { type CheckResult, infoOf } from '../verdict/check.ts';

/** Holds an invariant against every trace of a run. */
export function judgeInvariant(invariant: Invariant, traces: readonly Trace[]): CheckResult {
  const start = performance.now();
  const info = infoOf(invariant);
  try {
    const sightings = traces.flatMap((trace) => invariant.judge(viewOf(trace)).map((outcome) => ({ outcome, trace })));
    return { ...info, sightings, harnessFailure: null, durationMs: Math.round(performance.now() - start) };
  } catch (error) {
    const harnessFailure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { ...info, sightings: [], harnessFailure, durationMs: Math.round(performance.now() - start) };
  }
}

const views = new WeakMap<Trace, TraceView>();

/** A trace as invariants see it. */
export function viewOf(trace: Trace): TraceView {
  const before = views.get(trace);
  if (before) return before;
  const { revision } = trace.header;
  const view = { trace, exchanges: exchangesOf(trace), revision, facts: factsOf(revision) };
  views.set(trace, view);
  return view;
}
