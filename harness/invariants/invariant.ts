import type { Revision, RevisionFacts, Transport } from '../../spec/revisions.ts';
import type { Outcome } from '../judge/outcome.ts';
import type { Exchange } from '../trace/exchange.ts';
import type { Trace } from '../trace/trace.ts';

/** A trace as an invariant sees it. */
export interface TraceView {
  readonly trace: Trace;
  readonly exchanges: readonly Exchange[];
  readonly revision: Revision;
  readonly facts: RevisionFacts;
}

/** A rule that must hold over any trace, whatever caused the traffic. */
export interface Invariant {
  /** `invariant.<area>.<name>`; never reused for another meaning. */
  readonly id: string;
  /** What holds when all is well, as a sentence without full stop. */
  readonly title: string;
  /** What a trace has to hold for the rule to be seen at all, as a noun phrase. */
  readonly occasion: string;
  /** Every requirement that it may blame. */
  readonly requires: readonly string[];
  /** The transports it speaks of; all when absent. */
  readonly transports?: readonly Transport[];
  /** What the trace shows: nothing at all when it shows nothing of the rule. Pure. */
  judge(view: TraceView): Outcome[];
}
