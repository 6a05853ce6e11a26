import { type CheckResult, rulingOf, rulingOnRequirement } from '../../harness/check.ts';
import type { Catalogue } from '../../spec/catalogue.ts';
import type { Revision } from '../../spec/revisions.ts';
import type { Blame } from './trial.ts';

/** Every requirement that the results of a run show broken, in the order of their ids. */
export function blamesIn(results: readonly CheckResult[], catalogue: Catalogue, revision: Revision): Blame[] {
  const ids = new Set(results.flatMap(({ sightings }) => sightings.map(({ outcome }) => outcome.requirement)));
  return [...ids].sort().flatMap((requirement) => blameOf(requirement, results, catalogue, revision) ?? []);
}

function blameOf(
  requirement: string,
  results: readonly CheckResult[],
  catalogue: Catalogue,
  revision: Revision,
): Blame | null {
  const broken = results.flatMap((result) =>
    result.sightings.flatMap(({ outcome }) =>
      outcome.requirement === requirement && outcome.kind === 'broken' && rulingOf(outcome, catalogue, revision)
        ? [{ check: result.id, outcome }]
        : [],
    ),
  );
  const [first] = broken;
  if (!first) return null;
  const { verdict } = rulingOnRequirement(requirement, results, catalogue, revision);
  return {
    requirement,
    // a breach that only informs is hidden by a pass of the same rule
    verdict: verdict === 'fail' || verdict === 'warn' ? verdict : 'info',
    checks: [...new Set(broken.map(({ check }) => check))],
    message: first.outcome.message,
  };
}
