import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { matcher } from '../../harness/assay/select-checks.ts';
import { UsageError } from '../../harness/assay/usage-error.ts';

/** What `prove` is asked to do. */
export interface ProveOptions {
  /** Whether a defect is to be tried; null for all. */
  readonly only: ((id: string) => boolean) | null;
  readonly jobs: number;
  readonly allRevisions: boolean;
}

export const USAGE = `usage: prove [--only GLOB]... [--jobs N] [--all-revisions]

  --only GLOB       try only the defects whose ids match, and clean subjects where they speak; writes no page
  --jobs N          how many processes work side by side; as many as there are processors
  --all-revisions   try each defect at all of its revisions, not only at one, drawn by its name
`;

/**
 * Reads the arguments of the command line.
 *
 * @throws UsageError when they cannot be understood
 */
export function readCommandLine(words: readonly string[]): ProveOptions {
  const { only, jobs, 'all-revisions': allRevisions } = parse(words);
  const count = jobs === undefined ? availableParallelism() : Number(jobs);
  if (!Number.isInteger(count) || count < 1)
    throw new UsageError(`--jobs must be an integer of at least 1, not "${jobs}"`);
  const matchers = only?.map((glob) => matcher(glob));
  return {
    only: matchers ? (id) => matchers.some((matches) => matches(id)) : null,
    jobs: count,
    allRevisions: allRevisions ?? false,
  };
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        only: { type: 'string', multiple: true },
        jobs: { type: 'string' },
        'all-revisions': { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
