import type { Transport } from '../../spec/revisions.ts';
import type { Outcome } from '../judge/outcome.ts';
import { conversationOf, type Session } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { type Breach, condensed, judged, show, textOf } from './outcomes.ts';
import { callsWithToken, type Progress, progressIn } from './progress.ts';

/** Progress for a token goes up and up. Only within one stream is the order in which it was sent certain. */
export const progressValues: Invariant = {
  id: 'invariant.progress.values',
  title: 'progress increases with each notification',
  occasion: 'two notifications of progress on one request',
  requires: ['progress.increases'],
  judge: (view) => {
    const { transport } = view.trace.header;
    return condensed(conversationOf(view).sessions.flatMap((session) => judgeSession(session, transport)));
  },
};

function judgeSession(session: Session, transport: Transport): Outcome[] {
  const series = new Map<string, Progress[]>();
  for (const one of progressIn(session, transport)) {
    const key = seriesOf(one, session, transport);
    const steps = series.get(key);
    if (steps) steps.push(one);
    else series.set(key, [one]);
  }
  return [...series.values()].flatMap((steps) => {
    const [first] = steps;
    if (!first || steps.length < 2) return [];
    const breaches = steps.flatMap((step, at) => fall(step, steps[at - 1]));
    return judged('progress.increases', first.said.exchange, breaches, true);
  });
}

/** What progress belongs together: that on one stream, for one token, since the last request that gave the token. */
function seriesOf({ said, token }: Progress, session: Session, transport: Transport): string {
  const stream = transport !== 'streamable-http' ? 'shared' : said.exchange.id;
  return `${stream} ${callsWithToken(session, token, said.message.at).length} ${textOf(token)}`;
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
