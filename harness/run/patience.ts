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

/** So many steps take as long as a stimulus that waits a little, where each is a long way off. */
const MANY_STEPS = 10;

/** How long a case takes, compared with others; most cases are short and wait for nothing. */
export function patienceOf({ needs = [], steps }: Pick<Case, 'needs' | 'steps'>): number {
  const walk = steps.length >= MANY_STEPS ? 1 : 0;
  return Math.max(walk, ...needs.map((need) => SLOW[need.replace('stimulus:', '')] ?? 0));
}
