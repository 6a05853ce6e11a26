import type { Step, StepsForEach } from './case.ts';
import { fillKnown } from './placeholders.ts';

/** The steps that an entry of a case's list stands for: those of a table once for each example, with its members filled in. */
export function spelledOut(entry: Step | StepsForEach): readonly Step[] {
  if (!('each' in entry)) return [entry];
  return Object.entries(entry.each).flatMap(([example, members]) =>
    entry.steps.map((step) => ({ ...fillKnown(step, members), example })),
  );
}
