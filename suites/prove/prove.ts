import type { Defect } from '../../fixtures/defects/defect.ts';
import type { ServerSuites } from '../../harness/run/run.ts';
import type { Catalogue } from '../../spec/catalogue.ts';
import type { Unproven } from './claims.ts';
import type { CleanSubject } from './clean-subjects.ts';
import { planTrials } from './plan-trials.ts';
import { type Proof, proofOf } from './proof.ts';
import type { Trial, TrialResult } from './trial.ts';

/** What a proof is made from. */
export interface Proving {
  readonly defects: readonly Defect[];
  /** Which defects to try; null for all. */
  readonly only: ((id: string) => boolean) | null;
  /** Clean subjects, by name. */
  readonly clean: Readonly<Record<string, CleanSubject>>;
  readonly allRevisions: boolean;
  readonly unproven: readonly Unproven[];
  readonly suites: ServerSuites;
  readonly catalogue: Catalogue;
  /** Tries subjects; gives the results in the order of the trials. */
  readonly run: (trials: readonly Trial[]) => Promise<readonly TrialResult[]>;
}

/** Tries the clean subjects and the defects, and says whether the proof holds, as an exit code. */
export async function prove({ only, run, ...given }: Proving): Promise<{ proof: Proof; exitCode: 0 | 1 }> {
  const defects = given.defects.filter(({ id }) => only?.(id) ?? true);
  const whole = only === null;
  const results = await run(planTrials({ ...given, defects, whole }));
  const proof = proofOf(results, { ...given, defects, whole });
  return { proof, exitCode: proof.faults.length ? 1 : 0 };
}
