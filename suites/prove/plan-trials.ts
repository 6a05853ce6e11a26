import type { Defect } from '../../fixtures/defects/defect.ts';
import type { Revision } from '../../spec/revisions.ts';
import type { Trial } from './trial.ts';

/** The revisions in which every requirement that a check claims has to have a defect, the newest last. */
export const PROVED_REVISIONS: readonly Revision[] = ['2025-03-26', '2025-06-18', '2025-11-25'];
/** The revisions that clean subjects are tried at, the newest last. */
const CLEAN_REVISIONS: readonly Revision[] = [...PROVED_REVISIONS, '2026-07-28'];

/** What is to be tried. */
export interface Plan {
  readonly defects: readonly Defect[];
  /** Names of clean subjects. */
  readonly clean: readonly string[];
  /** Every revision of a defect, or its newest only. */
  readonly allRevisions: boolean;
}

/** The trials of a plan: the clean subjects at every revision, then the defects in their order. */
export function planTrials({ defects, clean, allRevisions }: Plan): Trial[] {
  return [
    ...clean.flatMap((subject) => CLEAN_REVISIONS.map((revision): Trial => ({ kind: 'clean', subject, revision }))),
    ...defects.flatMap(({ id, revisions }) =>
      (allRevisions ? revisions : revisions.slice(-1)).map(
        (revision): Trial => ({ kind: 'defect', subject: id, revision }),
      ),
    ),
  ];
}
