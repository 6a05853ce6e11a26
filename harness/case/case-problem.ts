import type { Catalogue } from '../../spec/catalogue.ts';
import { type CaseEntry, expectationsOf, type Step, type StepsForEach } from './case.ts';
import { entryProblem, expectationProblem, firstWithin, type Problem } from './entry-problem.ts';

/** The first thing that is wrong with a case although it fits the schema of case files; null when nothing is. */
export function problemOf(entry: CaseEntry, catalogue: Catalogue, taken: ReadonlySet<string>): Problem | null {
  return (
    entryProblem(entry, taken, (id) => (catalogue.get(id) ? null : `unknown requirement "${id}"`)) ??
    firstWithin('steps', entry.steps, (step) =>
      'each' in step ? tableProblem(step, entry) : expectationsProblem(step, entry),
    )
  );
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
