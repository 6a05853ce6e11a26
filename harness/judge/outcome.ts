import type { Json } from '../../spec/messages.ts';
import type { SkipReason } from '../verdict/verdict.ts';

/** What shows that something was so. */
export interface Evidence {
  /** The exchange of the trace that decides. */
  readonly exchange: number | null;
  /** The place in the observation, such as `status` or `error.code`. */
  readonly path?: string;
  /** What was there, with its JSON type. */
  readonly actual?: Json;
}

/** What one look at a trace says of one requirement. */
export type Outcome =
  | { readonly requirement: string; readonly kind: 'kept'; readonly evidence: Evidence }
  | {
      readonly requirement: string;
      readonly kind: 'broken';
      readonly message: string;
      readonly evidence: Evidence;
      readonly atMost?: 'warn' | 'info';
    }
  | { readonly requirement: string; readonly kind: 'skip'; readonly skip: SkipReason; readonly reason: string };
