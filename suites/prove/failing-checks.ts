import { checksAt } from '../../harness/run/checks-at.ts';
import type { ServerSuites } from '../../harness/run/run.ts';
import type { CheckInfo } from '../../harness/verdict/check.ts';
import type { Catalogue } from '../../spec/catalogue.ts';
import type { Revision } from '../../spec/revisions.ts';
import type { Unproven } from './claims.ts';
import type { Fault } from './faults.ts';
import type { TrialResult } from './trial.ts';

/** What trials say of the checks themselves. */
export interface FailingChecks {
  /** Every check of the suites, with its requirements. */
  readonly all: readonly CheckInfo[];
  /** Those that found something broken in some trial. */
  readonly failed: ReadonlySet<string>;
}

/** Which of the checks that there are at some of the revisions failed in a trial. */
export function failingChecks(
  { cases, coded, invariants }: ServerSuites,
  catalogue: Catalogue,
  revisions: readonly Revision[],
  results: readonly TrialResult[],
): FailingChecks {
  const found = revisions.flatMap((revision) => checksAt([...cases, ...coded, ...invariants], catalogue, revision));
  const all = new Map(found.map(({ id, title, requires }): [string, CheckInfo] => [id, { id, title, requires }]));
  const failed = results.flatMap(({ blames }) => blames.flatMap(({ checks }) => checks));
  return { all: [...all.values()], failed: new Set(failed.filter((id) => all.has(id))) };
}

/**
 * Checks of which no trial shows that they can fail, and excuses that are not needed. Where all that a check judges is
 * excused, the check is.
 */
export function faultsOfChecks({ all, failed }: FailingChecks, unproven: readonly Unproven[]): Fault[] {
  const excused = new Set(unproven.flatMap(({ checks = [] }) => checks));
  const rules = new Set(unproven.flatMap(({ requirements = [] }) => requirements));
  const ids = new Set(all.map(({ id }) => id));
  return [
    ...all
      .filter(({ id, requires }) => !failed.has(id) && !excused.has(id) && !requires.every((rule) => rules.has(rule)))
      .map(
        ({ id }): Fault => ({
          kind: 'never-fails',
          subject: id,
          message:
            'this check fails in no trial: add a defect that it finds, or say why not in suites/prove/unproven.yaml',
        }),
      ),
    ...[...excused]
      .filter((id) => failed.has(id) || !ids.has(id))
      .map(
        (id): Fault => ({
          kind: 'needless-excuse',
          subject: id,
          message: failed.has(id)
            ? 'unproven.yaml excuses this check, but it fails in a trial'
            : 'unproven.yaml excuses it, but there is no such check',
        }),
      ),
  ];
}
