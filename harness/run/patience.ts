import type { Case } from '../case/case.ts';

/** How long what a stimulus does takes on purpose, compared with others. */
const SLOW: { readonly [stimulus: string]: number } = {
  'slowly-progressing-tool': 4,
  'slow-tool': 3,
  'slow-task-tool': 3,
  'slowly-progressing-task-tool': 3,
  'asking-task-tool': 3,
  'optional-task-tool': 2,
  'progressing-task-tool': 2,
  'url-eliciting-tool': 2,
  'task-tool': 1,
  'polling-tool': 1,
};

/** Generated traffic: many exchanges one after the other. */
export const PATIENCE_OF_CODE = 2;

/** How long a case takes, compared with others; most cases wait for nothing. */
export function patienceOf({ needs = [] }: Pick<Case, 'needs'>): number {
  return Math.max(0, ...needs.map((need) => SLOW[need.replace('stimulus:', '')] ?? 0));
}
