import picomatch from 'picomatch';
import { withoutRevision } from '../report/standing.ts';
import type { ServerSuites } from '../run/run.ts';
import type { CheckInfo } from '../verdict/check.ts';
import { didYouMean } from './nearest.ts';
import { UsageError } from './usage-error.ts';

/** A choice among checks by their ids. */
export type Selection = (id: string) => boolean;

/** Suites of either side, as far as choosing from them goes. */
export type Suites = { readonly [Kind in keyof ServerSuites]: readonly CheckInfo[] };

/** Every check of the suites. */
export function allChecks({ cases, coded, invariants }: Suites): readonly CheckInfo[] {
  return [...cases, ...coded, ...invariants];
}

/**
 * The checks that glob expressions choose. `*` matches dots and slashes too, and the id of a case without its example
 * stands for all of its examples.
 *
 * @throws UsageError when an expression matches nothing
 */
export function selectChecks(globs: readonly string[], suites: Suites): Selection {
  const ids = allChecks(suites).map((check) => check.id);
  const selections = globs.map((glob) => {
    const matches = matcher(glob);
    if (!ids.some(matches)) {
      throw new UsageError(
        `--case ${glob} matches nothing${didYouMean(glob, ids) || '; "mcp-assay list" shows all ids'}`,
      );
    }
    return matches;
  });
  return (id) => selections.some((matches) => matches(id));
}

/** Whether an id fits a glob expression, which may end in `@revision` as ids in a report on several revisions do. */
export function matcher(glob: string): Selection {
  const matches = picomatch(withoutRevision(glob), { bash: true, dot: true });
  return (id) => matches(id) || matches(id.split('/')[0] ?? id);
}

/** The suites with what was selected; when that is invariants only, everything runs to make traffic for them. */
export function suitesFor(suites: ServerSuites, selection: Selection | null): ServerSuites {
  if (!selection) return suites;
  const of = <T extends CheckInfo>(checks: readonly T[]) => checks.filter((check) => selection(check.id));
  const [cases, coded, invariants] = [of(suites.cases), of(suites.coded), of(suites.invariants)];
  return cases.length || coded.length ? { cases, coded, invariants } : { ...suites, invariants };
}
