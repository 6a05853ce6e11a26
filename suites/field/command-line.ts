import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { matcher } from '../../harness/assay/select-checks.ts';
import { UsageError } from '../../harness/assay/usage-error.ts';

/** What `field` is asked to do. */
export interface FieldOptions {
  /** Whether a subject is to be judged; null for all. */
  readonly only: ((name: string) => boolean) | null;
  readonly jobs: number;
}

export const USAGE = `usage: field [--only GLOB]... [--jobs N]

  --only GLOB   judge only the subjects whose names match; writes no page
  --jobs N      how many subjects are judged side by side; 2 unless told, 1 on one processor
`;

/**
 * Reads the arguments of the command line.
 *
 * @throws UsageError when they cannot be understood
 */
export function readCommandLine(words: readonly string[]): FieldOptions {
  const { only, jobs } = parse(words);
  const count = jobs === undefined ? Math.min(2, availableParallelism()) : Number(jobs);
  if (!Number.isInteger(count) || count < 1)
    throw new UsageError(`--jobs must be an integer of at least 1, not "${jobs}"`);
  const matchers = only?.map((glob) => matcher(glob));
  return { only: matchers ? (name) => matchers.some((matches) => matches(name)) : null, jobs: count };
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: { only: { type: 'string', multiple: true }, jobs: { type: 'string' } },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
