import type { Fault } from './faults.ts';
import type { Field } from './field.ts';
import { type Matrix, matrixOf } from './matrix.ts';
import type { TrialResult } from './trial.ts';

/** A field run as JSON, with an exchange for each finding. */
export interface FieldReport {
  readonly succeeded: boolean;
  readonly faults: readonly Fault[];
  readonly matrix: Matrix;
  readonly subjects: readonly {
    readonly name: string;
    readonly title: string;
    readonly source: string;
    readonly transport: string;
  }[];
  readonly absent: readonly { readonly name: string; readonly why: string | null }[];
  readonly results: readonly TrialResult[];
}

/** Puts a field run down as JSON. */
export function reportOf({ subjects, absent, results, faults }: Field): FieldReport {
  return {
    succeeded: faults.length === 0,
    faults,
    matrix: matrixOf(results),
    subjects: subjects.map(({ name, title, source, transport }) => ({ name, title, source, transport })),
    absent: absent.map(({ name, absent: why }) => ({ name, why })),
    results,
  };
}
