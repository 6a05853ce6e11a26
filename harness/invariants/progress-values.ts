import type { Outcome } from '../judge/outcome.ts';
import { conversationOf, type Session } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { type Breach, condensed, judged, show, textOf } from './outcomes.ts';
import { type Progress, progressIn } from './progress.ts';

/** Progress for a token goes up and up. Only within one stream is the order in which it was sent certain. */
export const progressValues: Invariant = {
  id: 'invariant.progress.values',
  title: 'progress increases with each notification',
  requires: ['progress.increases'],
  judge: (view) => condensed(conversationOf(view).sessions.flatMap(judgeSession)),
};

function judgeSession(session: Session): Outcome[] {
  const series = new Map<string, Progress[]>();
  for (const one of progressIn(session)) {
    const key = `${one.said.exchange.id} ${textOf(one.token)}`;
    const steps = series.get(key);
    if (steps) steps.push(one);
    else series.set(key, [one]);
  }
  return [...series.values()].flatMap((steps) => {
    const [first] = steps;
    if (!first || steps.length < 2) return [];
    return judged(
      'progress.increases',
      first.said.exchange,
      steps.flatMap((step, at) => fall(step, steps[at - 1])),
      true,
    );
  });
}

function fall({ said, token, progress }: Progress, before: Progress | undefined): Breach[] {
  if (typeof progress !== 'number' || typeof before?.progress !== 'number' || progress > before.progress) return [];
  return [
    {
      message: `progress for the token ${show(token)} went from ${before.progress} to ${progress}`,
      path: `${said.path}.params.progress`,
      actual: progress,
    },
  ];
}
