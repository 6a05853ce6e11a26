import type { Defect } from '../../fixtures/defects/defect.ts';
import { checksAt } from '../../harness/run/checks-at.ts';
import type { ServerSuites } from '../../harness/run/run.ts';
import type { Catalogue } from '../../spec/catalogue.ts';
import type { Revision } from '../../spec/revisions.ts';
import type { Fault } from './faults.ts';

/** Why some requirements that checks claim to judge have no defect, or why some checks fail in no trial. */
export interface Unproven {
  readonly requirements?: readonly string[];
  readonly checks?: readonly string[];
  readonly reason: string;
}

/** The requirements that some check can blame at one of the revisions, in the order of their ids. */
export function claimedRequirements(
  { cases, coded, invariants }: ServerSuites,
  catalogue: Catalogue,
  revisions: readonly Revision[],
): string[] {
  const claimed = revisions.flatMap((revision) =>
    checksAt([...cases, ...coded, ...invariants], catalogue, revision).flatMap(({ requires }) =>
      requires.filter((id) => catalogue.get(id)?.revisions.has(revision)),
    ),
  );
  return [...new Set(claimed)].sort();
}

/** Requirements that are claimed and not broken by any defect, excuses that are not needed, names that nobody knows. */
export function faultsOfClaims(
  claimed: readonly string[],
  defects: readonly Defect[],
  unproven: readonly Unproven[],
  catalogue: Catalogue,
): Fault[] {
  const broken = new Set(defects.map(({ breaks }) => breaks));
  const excused = unproven.flatMap(({ requirements = [] }) => requirements);
  const named = defects.flatMap(({ id, breaks, also = [], revisions }) => [
    ...[breaks, ...also.map(({ requirement }) => requirement)]
      .filter((requirement) => !catalogue.get(requirement))
      .map(
        (requirement): Fault => ({
          kind: 'unknown-requirement',
          subject: id,
          message: `there is no requirement ${requirement}`,
        }),
      ),
    ...revisions
      .filter((revision) => catalogue.get(breaks)?.revisions.has(revision) === false)
      .map(
        (revision): Fault => ({
          kind: 'unknown-requirement',
          subject: id,
          message: `${breaks} does not hold at ${revision}`,
        }),
      ),
  ]);
  return [
    ...named,
    ...claimed
      .filter((id) => !broken.has(id) && !excused.includes(id))
      .map(
        (id): Fault => ({
          kind: 'without-defect',
          subject: id,
          message:
            'a check claims to judge it and no defect breaks it: add one, or say why not in suites/prove/unproven.yaml',
        }),
      ),
    ...excused
      .filter((id) => broken.has(id) || !claimed.includes(id))
      .map(
        (id): Fault => ({
          kind: 'needless-excuse',
          subject: id,
          message: broken.has(id)
            ? 'unproven.yaml excuses it, but a defect breaks it'
            : 'unproven.yaml excuses it, but no check claims to judge it',
        }),
      ),
  ];
}
