import type { Json } from '../../spec/messages.ts';
import { factsOf, REVISIONS, type Revision, type RevisionFacts, type Transport } from '../../spec/revisions.ts';
import type { Trace, TraceEvent } from '../trace/trace.ts';
import { whyNotUnderstood } from './why-hopeless.ts';

/** What the harness learned of a server before judging it, with the traffic of its first look. */
export type Survey = Found & {
  readonly trace: Trace;
  /** What a report should say of how it came about. */
  readonly notes?: readonly string[];
};

/** What came of a look at a server. */
export type Found =
  | {
      readonly kind: 'judgeable';
      readonly revision: Revision;
      /** What the placeholders of cases may name: `server`, and each stimulus that was found. */
      readonly variables: { readonly [name: string]: Json };
    }
  | { readonly kind: 'hopeless'; readonly reason: string };

/** The revisions of an era that can be judged over a transport, newest first. */
export function candidates(transport: Transport, era: RevisionFacts['era'] = 'stateful'): Revision[] {
  return REVISIONS.filter(
    (revision) => factsOf(revision).era === era && factsOf(revision).transports.includes(transport),
  ).reverse();
}

/** That a server cannot be judged, and why. */
export function hopeless(reason: string): Found {
  return { kind: 'hopeless', reason };
}

/** The same with a better reason, where the output of a server over stdio shows one once it is gone. */
export function explained(found: Found, events: readonly TraceEvent[]): Found {
  const better = found.kind === 'hopeless' ? whyNotUnderstood(events) : null;
  return better === null ? found : hopeless(better);
}
