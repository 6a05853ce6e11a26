import type { Side } from '../../spec/catalogue.ts';
import type { Json } from '../../spec/messages.ts';
import type { Revision, Transport } from '../../spec/revisions.ts';
import type { HeaderPairs } from '../wire/headers.ts';

/** How an exchange came to its end, from the harness's point of view. */
export type Ending =
  /** The message ended as HTTP says it ends. */
  | 'complete'
  /** The harness had what it wanted and closed the connection. */
  | 'closed-by-harness'
  /** The connection could not be opened. */
  | 'refused'
  /** The other side broke the connection, or sent bytes that are not HTTP. */
  | 'broken'
  /** The time for it was up. */
  | 'timeout'
  /** It grew past the limit on size or number of events. */
  | 'limit';

/** One thing that happened on the wire. `at` is in milliseconds since the trace began. */
export type TraceEvent =
  | { readonly kind: 'step'; readonly at: number; readonly step: number; readonly example?: string }
  | {
      readonly kind: 'request';
      readonly at: number;
      readonly exchange: number;
      /** Which of a case's clients took part: `a` unless the case has several. */
      readonly client: string;
      /** The step that caused it; -1 for the set-up, null for what the harness sent by itself (answers to pings). */
      readonly step: number | null;
      readonly method: string;
      readonly url: string;
      readonly headers: HeaderPairs;
      readonly body: Uint8Array;
      /** The exchange on whose event stream its answers come, over HTTP+SSE. */
      readonly stream?: number;
    }
  | {
      readonly kind: 'response';
      readonly at: number;
      readonly exchange: number;
      readonly status: number;
      readonly headers: HeaderPairs;
    }
  | { readonly kind: 'chunk'; readonly at: number; readonly exchange: number; readonly bytes: Uint8Array }
  /** Where answers come on another stream, it is the end of the wait for them. */
  | {
      readonly kind: 'end';
      readonly at: number;
      readonly exchange: number;
      readonly how: Ending;
      readonly detail?: string;
    }
  /** A line that a server wrote to its standard output, without its line feed. */
  | {
      readonly kind: 'line';
      readonly at: number;
      readonly client: string;
      readonly bytes: Uint8Array;
      /** Whether a line feed ended it; only the last line can lack one. */
      readonly terminated: boolean;
    }
  | { readonly kind: 'stderr'; readonly at: number; readonly client: string; readonly bytes: Uint8Array }
  /** What the harness did to end a server's process. */
  | {
      readonly kind: 'stop';
      readonly at: number;
      readonly client: string;
      readonly how: 'end-of-input' | 'SIGTERM' | 'SIGKILL';
    }
  /** The end of a server's process. */
  | {
      readonly kind: 'exit';
      readonly at: number;
      readonly client: string;
      readonly code: number | null;
      readonly signal: string | null;
      /** Why it never ran, or null. */
      readonly failure: string | null;
    };

/** What is known of a trace before the first byte. */
export interface TraceHeader {
  /** Version of the trace format. */
  readonly version: 1;
  /** The case, property or probe that caused the traffic; `survey` for the harness's first look. */
  readonly case: string;
  /** The side that the target plays. */
  readonly side: Side;
  readonly revision: Revision;
  readonly transport: Transport;
  readonly target: string;
  readonly startedAt: string;
  /** Values that the case's placeholders took, stimuli included. */
  readonly variables: { readonly [name: string]: Json };
  /** Seed of generated traffic. */
  readonly seed?: number;
}

/** Everything that went over the wire for one case, in order. */
export interface Trace {
  readonly header: TraceHeader;
  readonly events: readonly TraceEvent[];
}

type Timed<E> = E extends TraceEvent ? Omit<E, 'at'> : never;

/** Collects the events of one trace and gives each its time. */
export class Recorder {
  readonly #events: TraceEvent[] = [];
  readonly #start = performance.now();
  #exchanges = 0;

  /** Adds an event with the present time and gives it back. */
  add(event: Timed<TraceEvent>): TraceEvent {
    const timed = { ...event, at: Math.round((performance.now() - this.#start) * 100) / 100 };
    this.#events.push(timed);
    return timed;
  }

  /** A number for a new exchange, unique in this trace. */
  nextExchange(): number {
    this.#exchanges += 1;
    return this.#exchanges;
  }

  get events(): readonly TraceEvent[] {
    return this.#events;
  }
}
