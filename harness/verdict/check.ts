import type { Catalogue } from '../../spec/catalogue.ts';
import type { Revision } from '../../spec/revisions.ts';
import type { Outcome } from '../judge/outcome.ts';
import type { Trace } from '../trace/trace.ts';
import { combine, milder, type Ruling, verdictOnBreach } from './verdict.ts';

/** What a check has to say of itself: a case, an invariant, a property or a probe. */
export interface CheckInfo {
  readonly id: string;
  readonly title: string;
  /** What has to be seen for it to say anything, as a noun phrase, where that can be said beforehand. */
  readonly occasion?: string;
  /** Every requirement that it may blame. */
  readonly requires: readonly string[];
}

/** An outcome with the trace that its evidence points into. */
export interface Sighting {
  readonly outcome: Outcome;
  readonly trace: Trace;
}

/** What came of one check. */
export interface CheckResult extends CheckInfo {
  readonly sightings: readonly Sighting[];
  /** What went wrong in the harness itself, or null. */
  readonly harnessFailure: string | null;
  /** Seed of generated traffic, where there was any. */
  readonly seed?: number;
  readonly durationMs: number;
}

/** The ruling that one outcome means at a revision; null when its requirement does not hold there. */
export function rulingOf(outcome: Outcome, catalogue: Catalogue, revision: Revision): Ruling | null {
  const requirement = catalogue.get(outcome.requirement)?.revisions.get(revision);
  if (!requirement) return null;
  switch (outcome.kind) {
    case 'kept':
      return { verdict: requirement.level === 'MAY' ? 'info' : 'pass' };
    case 'broken': {
      const verdict = verdictOnBreach(requirement.level);
      return { verdict: outcome.atMost ? milder(verdict, outcome.atMost) : verdict };
    }
    case 'skip':
      return { verdict: 'skip', skip: outcome.skip, reason: outcome.reason };
  }
}

/** The ruling on a whole check. */
export function rulingOnCheck(result: CheckResult, catalogue: Catalogue, revision: Revision): Ruling {
  if (result.harnessFailure !== null) return { verdict: 'error', reason: result.harnessFailure };
  const all = rulings(result, catalogue, revision);
  if (all.length || result.occasion === undefined) return combine(all);
  return { verdict: 'skip', skip: 'not-verified', reason: `nothing exercised it: it takes ${result.occasion}` };
}

/** The ruling on each requirement over all checks that cite it. */
export function rulingsOnRequirements(
  results: readonly CheckResult[],
  catalogue: Catalogue,
  revision: Revision,
): (id: string) => Ruling {
  const said = new Map<string, Ruling[]>();
  for (const { outcome } of results.flatMap(({ sightings }) => sightings)) {
    const ruling = rulingOf(outcome, catalogue, revision);
    if (!ruling) continue;
    const before = said.get(outcome.requirement);
    if (before) before.push(ruling);
    else said.set(outcome.requirement, [ruling]);
  }
  return (id) => combine(said.get(id) ?? []);
}

function rulings(result: CheckResult, catalogue: Catalogue, revision: Revision): Ruling[] {
  return result.sightings.flatMap(({ outcome }) => rulingOf(outcome, catalogue, revision) ?? []);
}

/** What a check is, without what it does. */
export function infoOf({ id, title, occasion, requires }: CheckInfo): CheckInfo {
  return { id, title, ...(occasion === undefined ? {} : { occasion }), requires };
}
