import type { Tried } from '../found-by-trying.ts';

/** A call that worked at once and showed nothing but a text, changed by what is given. */
export function tried(name: string, more: Partial<Tried> = {}): Tried {
  return {
    name,
    arguments: {},
    answer: 'result',
    code: undefined,
    ms: 5,
    progress: 0,
    logs: 0,
    asked: [],
    content: ['text'],
    said: [],
    ...more,
  };
}
