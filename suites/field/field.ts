import { type Fault, faultsOf } from './faults.ts';
import type { FieldSubject } from './field-subjects.ts';
import type { JudgedFinding } from './findings.ts';
import { planTrials } from './plan-trials.ts';
import type { Trial, TrialResult } from './trial.ts';

/** What came of judging the real servers. */
export interface Field {
  /** Those that were judged. */
  readonly subjects: readonly FieldSubject[];
  /** Those that could not be started here. */
  readonly absent: readonly FieldSubject[];
  readonly results: readonly TrialResult[];
  readonly findings: readonly JudgedFinding[];
  /** Everything that keeps the run from succeeding; it succeeds if this is empty. */
  readonly faults: readonly Fault[];
}

/** Judges subjects and holds what is found against the judgements. */
export async function judgeField(
  subjects: readonly FieldSubject[],
  findings: readonly JudgedFinding[],
  run: (trials: readonly Trial[]) => Promise<readonly TrialResult[]>,
): Promise<Field> {
  const present = subjects.filter(({ absent }) => absent === null);
  const trials = planTrials(present);
  const results = await run(trials);
  return {
    subjects: present,
    absent: subjects.filter(({ absent }) => absent !== null),
    results,
    findings,
    faults: faultsOf(trials, results, findings),
  };
}
