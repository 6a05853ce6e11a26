import { isRange } from '../../spec/revisions.ts';

/** What is wrong with a part of a file, and with which member of it. */
export interface Problem {
  readonly member: readonly (string | number)[];
  readonly message: string;
}

/** What the cases of servers and of clients have in common. */
interface Entry {
  readonly id: string;
  readonly requires: readonly string[];
  readonly revisions?: string;
}

/** What the expectations of both have in common. */
interface Ruling {
  readonly rule?: string;
  readonly revisions?: string;
}

/**
 * The first thing that is wrong with what every case says of itself; null when nothing is.
 *
 * @param taken ids of other cases
 * @param objection what is to be said against a requirement, or null
 */
export function entryProblem(
  { id, requires, revisions }: Entry,
  taken: ReadonlySet<string>,
  objection: (requirement: string) => string | null,
): Problem | null {
  if (taken.has(id)) return { member: ['id'], message: `the id "${id}" is already taken` };
  return (
    firstWithin('requires', requires, (requirement) => {
      const message = objection(requirement);
      return message === null ? null : { member: [], message };
    }) ?? rangeProblem(revisions)
  );
}

/** What is wrong with an expectation of a case; null when nothing is. */
export function expectationProblem({ rule, revisions }: Ruling, { requires }: Entry): Problem | null {
  if (!rule && requires.length > 1) {
    return { member: [], message: 'names no rule although the case requires several' };
  }
  if (rule && !requires.includes(rule)) {
    return { member: ['rule'], message: `"${rule}" is not among the requirements of the case` };
  }
  return rangeProblem(revisions);
}

/** The problem of the first item that has one, in a list that is a member of the whole. */
export function firstWithin<T>(name: string, list: readonly T[], problem: (item: T) => Problem | null): Problem | null {
  for (const [place, item] of list.entries()) {
    const found = problem(item);
    if (found) return { ...found, member: [name, place, ...found.member] };
  }
  return null;
}

function rangeProblem(revisions: string | undefined): Problem | null {
  if (revisions === undefined || isRange(revisions)) return null;
  return { member: ['revisions'], message: `"${revisions}" is not a range of revisions` };
}
