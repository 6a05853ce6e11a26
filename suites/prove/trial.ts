import type { DefectTransport } from '../../fixtures/defects/defect.ts';
import type { Revision } from '../../spec/revisions.ts';

/** One subject tried at one revision over one transport. */
export interface Trial {
  /** The id of a defect, or the name of a clean subject. */
  readonly subject: string;
  readonly kind: 'defect' | 'clean';
  readonly revision: Revision;
  readonly transport: DefectTransport;
  /** It takes long and is little work, so that it is begun early. */
  readonly long?: boolean;
}

/** A requirement that the suites found broken. */
export interface Blame {
  readonly requirement: string;
  readonly verdict: 'fail' | 'warn' | 'info';
  /** The checks that said so. */
  readonly checks: readonly string[];
  /** What the first of them said. */
  readonly message: string;
}

/** What came of a trial. */
export interface TrialResult extends Trial {
  /** Why nothing could be judged, or null. */
  readonly hopeless: string | null;
  /** How the subject went down on the way, or null. */
  readonly loss: string | null;
  /** Checks in which the harness itself failed, each with the reason. */
  readonly failures: readonly string[];
  readonly blames: readonly Blame[];
  readonly durationMs: number;
}
