import { type CheckResult, rulingOf } from '../../harness/verdict/check.ts';
import { combine, type Ruling } from '../../harness/verdict/verdict.ts';
import type { Catalogue } from '../../spec/catalogue.ts';
import type { Revision } from '../../spec/revisions.ts';
import type { Blame } from './trial.ts';

/** What the checks of a run say of one requirement. */
interface Said {
  readonly rulings: Ruling[];
  readonly breaches: { readonly check: string; readonly message: string }[];
}

/** Every requirement that the results of a run show broken, in the order of their ids. */
export function blamesIn(results: readonly CheckResult[], catalogue: Catalogue, revision: Revision): Blame[] {
  const said = new Map<string, Said>();
  for (const { id: check, sightings } of results) {
    for (const { outcome } of sightings) {
      const ruling = rulingOf(outcome, catalogue, revision);
      if (!ruling) continue;
      const of = said.get(outcome.requirement) ?? { rulings: [], breaches: [] };
      said.set(outcome.requirement, of);
      of.rulings.push(ruling);
      if (outcome.kind === 'broken') of.breaches.push({ check, message: outcome.message });
    }
  }
  return [...said].sort(([one], [other]) => (one < other ? -1 : 1)).flatMap(([id, of]) => blameOf(id, of) ?? []);
}

function blameOf(requirement: string, { rulings, breaches }: Said): Blame | null {
  const [first] = breaches;
  if (!first) return null;
  const { verdict } = combine(rulings);
  return {
    requirement,
    // a breach that only informs is hidden by a pass of the same rule
    verdict: verdict === 'fail' || verdict === 'warn' ? verdict : 'info',
    checks: [...new Set(breaches.map(({ check }) => check))],
    message: first.message,
  };
}
