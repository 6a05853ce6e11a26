import type { Defect } from '../../fixtures/defects/defect.ts';
import type { ServerSuites } from '../../harness/run/run.ts';
import type { Catalogue } from '../../spec/catalogue.ts';
import { claimedRequirements, faultsOfClaims, type Unproven } from './claims.ts';
import { type FailingChecks, failingChecks, faultsOfChecks } from './failing-checks.ts';
import { type Fault, faultsOfClean, faultsOfDefect, unseenExcuses } from './faults.ts';
import { PROVED_REVISIONS } from './plan-trials.ts';
import type { TrialResult } from './trial.ts';

/** The trial of a defect, with what is wrong with it. */
export interface Row {
  readonly defect: Defect;
  readonly result: TrialResult;
  readonly faults: readonly Fault[];
  /** Blames that the defect excuses and that did not come. */
  readonly unseen: readonly string[];
}

/** What came of trying every subject. */
export interface Proof {
  readonly rows: readonly Row[];
  readonly clean: readonly TrialResult[];
  /** How many requirements checks claim to judge; null when only some defects were tried. */
  readonly claimed: number | null;
  /** Which checks were seen failing; null when only some defects were tried. */
  readonly checks: FailingChecks | null;
  readonly unproven: readonly Unproven[];
  /** Everything that keeps the proof from holding; it holds if this is empty. */
  readonly faults: readonly Fault[];
}

/** What trials are judged by. */
export interface ProofParts {
  readonly defects: readonly Defect[];
  readonly unproven: readonly Unproven[];
  readonly suites: ServerSuites;
  readonly catalogue: Catalogue;
  /** Whether these are all the defects there are; only then can one be missing. */
  readonly whole: boolean;
}

/** Judges the results of trials. Pure. */
export function proofOf(results: readonly TrialResult[], parts: ProofParts): Proof {
  const { catalogue, defects, unproven, suites, whole } = parts;
  const byId = new Map(defects.map((defect) => [defect.id, defect]));
  const rows = results.flatMap((result): Row[] => {
    const defect = result.kind === 'defect' ? byId.get(result.subject) : undefined;
    if (!defect) return [];
    const faults = faultsOfDefect(defect, result, catalogue);
    return [{ defect, result, faults, unseen: unseenExcuses(defect, result, catalogue) }];
  });
  const clean = results.filter(({ kind }) => kind === 'clean');
  const claimed = claimedRequirements(suites, catalogue, PROVED_REVISIONS);
  const checks = failingChecks(suites, catalogue, PROVED_REVISIONS, results);
  return {
    rows,
    clean,
    checks: whole ? checks : null,
    claimed: whole ? claimed.length : null,
    unproven,
    faults: [
      ...clean.flatMap(faultsOfClean),
      ...rows.flatMap(({ faults }) => faults),
      ...(whole ? faultsOfClaims(claimed, defects, unproven, catalogue) : []),
      ...(whole ? faultsOfChecks(checks, unproven) : []),
    ],
  };
}
