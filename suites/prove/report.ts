import type { Fault } from './faults.ts';
import type { Proof } from './proof.ts';
import type { Blame, TrialResult } from './trial.ts';

/** A proof as JSON. */
export interface ProofReport {
  readonly holds: boolean;
  readonly summary: {
    readonly defects: number;
    readonly trials: number;
    readonly requirementsBroken: number;
    readonly requirementsClaimed: number | null;
    /** How many checks there are, and how many of them failed in a trial; null when only some defects were tried. */
    readonly checks: number | null;
    readonly checksFailed: number | null;
  };
  readonly faults: readonly Fault[];
  readonly clean: readonly Pick<TrialResult, 'subject' | 'revision' | 'blames'>[];
  readonly defects: readonly {
    readonly id: string;
    readonly title: string;
    readonly breaks: string;
    readonly also: readonly { readonly requirement: string; readonly why: string }[];
    readonly revision: string;
    readonly killed: boolean;
    readonly blames: readonly Blame[];
    /** Excused blames that did not come. */
    readonly unseen: readonly string[];
  }[];
}

/** Puts a proof down as JSON. */
export function reportOf({ rows, clean, claimed, checks, faults }: Proof): ProofReport {
  return {
    holds: faults.length === 0,
    summary: {
      defects: new Set(rows.map(({ defect }) => defect.id)).size,
      trials: rows.length + clean.length,
      requirementsBroken: new Set(rows.map(({ defect }) => defect.breaks)).size,
      requirementsClaimed: claimed,
      checks: checks?.all.length ?? null,
      checksFailed: checks?.failed.size ?? null,
    },
    faults,
    clean: clean.map(({ subject, revision, blames }) => ({ subject, revision, blames })),
    defects: rows.map(({ defect: { id, title, breaks, also = [] }, result, faults: found, unseen }) => ({
      id,
      title,
      breaks,
      also,
      revision: result.revision,
      killed: found.length === 0,
      blames: result.blames,
      unseen,
    })),
  };
}
