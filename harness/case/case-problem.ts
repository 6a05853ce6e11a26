import type { Catalogue } from '../../spec/catalogue.ts';
import { revisionsIn } from '../../spec/revisions.ts';
import { type CaseEntry, type Expectation, expectationsOf, type Step, type StepsForEach } from './case.ts';

/** What is wrong with a case, and with which member of it. */
export interface Problem {
  readonly member: readonly (string | number)[];
  readonly message: string;
}

/** The first thing that is wrong with a case although it fits the schema of case files; null when nothing is. */
export function problemOf(entry: CaseEntry, catalogue: Catalogue, taken: ReadonlySet<string>): Problem | null {
  const { id, requires, revisions, steps } = entry;
  if (taken.has(id)) return { member: ['id'], message: `the id "${id}" is already taken` };
  const unknown = requires.findIndex((one) => !catalogue.get(one));
  if (unknown >= 0) return { member: ['requires', unknown], message: `unknown requirement "${requires[unknown]}"` };
  if (!isRange(revisions)) return { member: ['revisions'], message: `"${revisions}" is not a range of revisions` };
  return firstWithin('steps', steps, (step) =>
    'each' in step ? tableProblem(step, entry) : expectationsProblem(step, entry),
  );
}

/** The problem of the first member of a list that has one. */
function firstWithin<T>(name: string, list: readonly T[], problem: (item: T) => Problem | null): Problem | null {
  for (const [place, item] of list.entries()) {
    const found = problem(item);
    if (found) return { ...found, member: [name, place, ...found.member] };
  }
  return null;
}

function tableProblem({ each, steps }: StepsForEach, entry: CaseEntry): Problem | null {
  const text = JSON.stringify(steps);
  for (const [example, members] of Object.entries(each)) {
    const unused = Object.keys(members).find((member) => !text.includes(`\${${member}`));
    if (unused) return { member: ['each', example, unused], message: `"${unused}" is used by none of the steps` };
  }
  return firstWithin('steps', steps, (step) =>
    step.name
      ? { member: ['name'], message: 'a step that is made for several examples has no name' }
      : expectationsProblem(step, entry),
  );
}

function expectationsProblem(step: Step, entry: CaseEntry): Problem | null {
  const found = firstWithin('expect', expectationsOf(step), (expectation) => expectationProblem(expectation, entry));
  if (!found || Array.isArray(step.expect)) return found;
  return { ...found, member: ['expect'] };
}

function expectationProblem({ rule, revisions }: Expectation, entry: CaseEntry): Problem | null {
  if (!isRange(revisions)) return { member: ['revisions'], message: `"${revisions}" is not a range of revisions` };
  if (!rule && entry.requires.length > 1) {
    return { member: [], message: 'names no rule although the case requires several' };
  }
  if (rule && !entry.requires.includes(rule)) {
    return { member: ['rule'], message: `"${rule}" is not among the requirements of the case` };
  }
  return null;
}

function isRange(range: string | undefined): boolean {
  if (range === undefined) return true;
  try {
    return revisionsIn(range).length > 0;
  } catch {
    return false;
  }
}
