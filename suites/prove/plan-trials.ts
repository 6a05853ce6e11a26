import { createHash } from 'node:crypto';
import type { Defect, DefectRevision } from '../../fixtures/defects/defect.ts';
import type { Revision } from '../../spec/revisions.ts';
import type { CleanSubject } from './clean-subjects.ts';
import type { Trial } from './trial.ts';

/** The revisions in which every requirement that a check claims has to have a defect, the newest last. */
export const PROVED_REVISIONS: readonly Revision[] = [
  '2024-11-05',
  '2025-03-26',
  '2025-06-18',
  '2025-11-25',
  '2026-07-28',
];

/** What is to be tried. */
export interface Plan {
  readonly defects: readonly Defect[];
  /** Clean subjects, by name. */
  readonly clean: Readonly<Record<string, CleanSubject>>;
  /** Every revision of a defect, or one of them. */
  readonly allRevisions: boolean;
  /** Whether these are all defects there are; else a clean subject is tried only where one of them could be. */
  readonly whole: boolean;
}

/** The trials of a plan: the clean subjects at every revision of theirs, then the defects in their order. */
export function planTrials({ defects, clean, allRevisions, whole }: Plan): Trial[] {
  return [
    ...Object.entries(clean).flatMap(([subject, { revisions, transport }]) =>
      revisions
        .filter((revision) => whole || defects.some((defect) => speaks(defect, transport, revision)))
        .map((revision): Trial => ({ kind: 'clean', subject, revision, transport })),
    ),
    ...defects.flatMap(({ id, revisions, transport, concurrency, waits }) =>
      (allRevisions ? revisions : [drawnFrom(revisions, id)]).map(
        (revision): Trial => ({
          kind: 'defect',
          subject: id,
          revision,
          transport,
          long: concurrency === 1 || waits === true,
        }),
      ),
    ),
  ];
}

/** One of some revisions, always the same for a name: each of them gets its share of the defects. */
function drawnFrom(revisions: readonly DefectRevision[], id: string): DefectRevision {
  const drawn = createHash('sha256').update(id).digest().readUInt32BE(0) % revisions.length;
  const revision = revisions[drawn];
  if (!revision) throw new RangeError(`the defect ${id} has no revision`);
  return revision;
}

function speaks(defect: Defect, transport: Trial['transport'], revision: Revision): boolean {
  return defect.transport === transport && defect.revisions.some((one) => one === revision);
}
