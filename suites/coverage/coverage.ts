import type { Catalogue, Level, Requirement, Side } from '../../spec/catalogue.ts';
import { REVISIONS, type Revision, revisionsIn } from '../../spec/revisions.ts';

/** A check as coverage sees it: which side it judges, what it may blame, and where it runs. */
export interface CoveringCheck {
  readonly id: string;
  readonly side: Side;
  readonly requires: readonly string[];
  /** A range of revisions; all when absent. */
  readonly revisions?: string;
}

/** Why nothing checks some requirements yet. */
export interface Excuse {
  /** Ids; a `*` at the end stands for anything. */
  readonly requirements: readonly string[];
  readonly side: Side;
  /** A range of revisions; all when absent. */
  readonly revisions?: string;
  readonly reason: string;
}

/** The count of one revision, side and level. */
export interface CoverageRow {
  readonly revision: Revision;
  readonly side: Side;
  readonly level: Level;
  /** How many requirements bind the side. */
  readonly requirements: number;
  /** How many of them can be seen on the wire, with or without a stimulus. */
  readonly checkable: number;
  readonly checked: number;
  /** Those of the checkable that show without a stimulus, and how many of them are checked. */
  readonly plain: { readonly checkable: number; readonly checked: number };
  readonly unchecked: readonly { readonly id: string; readonly reason: string | null }[];
}

/** Counts, for every revision, side and level, what can be checked, what is, and why the rest is not. */
export function coverage(
  catalogue: Catalogue,
  checks: readonly CoveringCheck[],
  excuses: readonly Excuse[],
): CoverageRow[] {
  return REVISIONS.flatMap((revision) =>
    (['server', 'client'] as const).flatMap((side) =>
      (['MUST', 'SHOULD', 'MAY'] as const).map((level) => {
        const bound = catalogue.all.filter((requirement) => binds(requirement, revision, side, level));
        const checkable = bound.filter((requirement) => requirement.observe[side]);
        const cited = new Set(checks.filter((check) => runs(check, side, revision)).flatMap((check) => check.requires));
        const unchecked = checkable.filter(({ id }) => !cited.has(id));
        const plain = checkable.filter(({ observe }) => observe[side] === 'wire');
        return {
          revision,
          side,
          level,
          requirements: bound.length,
          checkable: checkable.length,
          checked: checkable.length - unchecked.length,
          plain: { checkable: plain.length, checked: plain.filter(({ id }) => cited.has(id)).length },
          unchecked: unchecked.map(({ id }) => ({ id, reason: excuseFor(id, side, revision, excuses) })),
        };
      }),
    ),
  );
}

function binds(requirement: Requirement, revision: Revision, side: Side, level: Level): boolean {
  const here = requirement.revisions.get(revision);
  return here !== undefined && here.level === level && (here.role === side || here.role === 'both');
}

function runs(check: CoveringCheck, side: Side, revision: Revision): boolean {
  return check.side === side && (!check.revisions || revisionsIn(check.revisions).includes(revision));
}

function excuseFor(id: string, side: Side, revision: Revision, excuses: readonly Excuse[]): string | null {
  const excuse = excuses.find(
    (one) =>
      one.side === side &&
      (!one.revisions || revisionsIn(one.revisions).includes(revision)) &&
      one.requirements.some((pattern) =>
        pattern.endsWith('*') ? id.startsWith(pattern.slice(0, -1)) : id === pattern,
      ),
  );
  return excuse?.reason ?? null;
}
