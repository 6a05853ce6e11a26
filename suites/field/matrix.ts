import type { TrialResult } from './trial.ts';

/** Requirement by subject: the gravest verdict that a subject got for it at any revision. */
export interface Matrix {
  readonly subjects: readonly string[];
  readonly rows: readonly { readonly requirement: string; readonly cells: readonly ('fail' | 'warn' | null)[] }[];
}

/** Puts results together to a matrix of the requirements that any subject breaks, in the order of their ids. Pure. */
export function matrixOf(results: readonly TrialResult[]): Matrix {
  const subjects = [...new Set(results.map(({ subject }) => subject))];
  const requirements = new Set(results.flatMap(({ sightings }) => sightings.map(({ requirement }) => requirement)));
  const cell = (subject: string, requirement: string) => {
    const verdicts = results
      .filter((result) => result.subject === subject)
      .flatMap(({ sightings }) => sightings.filter((one) => one.requirement === requirement))
      .map(({ verdict }) => verdict);
    return verdicts.includes('fail') ? 'fail' : (verdicts[0] ?? null);
  };
  return {
    subjects,
    rows: [...requirements]
      .sort()
      .map((requirement) => ({ requirement, cells: subjects.map((subject) => cell(subject, requirement)) })),
  };
}
