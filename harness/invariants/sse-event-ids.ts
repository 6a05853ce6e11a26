import type { Outcome } from '../judge/outcome.ts';
import { isShared } from '../survey/shared-session.ts';
import { conversationOf, type Session } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { judged, show } from './outcomes.ts';
import { isPlain, isResuming, isStream } from './target-messages.ts';

/** Event ids are cursors: one that stands for two places of a session's streams cannot be resumed from. */
export const sseEventIds: Invariant = {
  id: 'invariant.sse.event-ids',
  title: 'no event id comes twice in a session',
  occasion: 'events with ids',
  requires: ['sse.id.unique'],
  transports: ['streamable-http'],
  judge: (view) => (isShared(view.trace.header.variables) ? [] : conversationOf(view).sessions.flatMap(judgeSession)),
};

function judgeSession({ exchanges }: Session): Outcome[] {
  const seen = new Map<string, number>();
  return exchanges.flatMap((exchange) => {
    if (!isStream(exchange) || !isPlain(exchange) || isResuming(exchange)) return [];
    const outcomes = exchange.payload.events.flatMap(({ id, data, terminated }, index) => {
      // an empty id takes the last one back; without data nothing is dispatched that could be resumed after
      if (!id || data === null || !terminated) return [];
      const earlier = seen.get(id);
      seen.set(id, exchange.id);
      if (earlier === undefined) return judged('sse.id.unique', exchange, [], seen.size > 1);
      const where = earlier === exchange.id ? 'earlier on this stream' : 'on another stream of the session';
      const message = `the event id ${show(id)} was already used ${where}`;
      return judged('sse.id.unique', exchange, [{ message, path: `events.${index}.id`, actual: id }], true);
    });
    const broken = outcomes.filter(({ kind }) => kind === 'broken');
    return broken.length ? broken : outcomes.slice(0, 1);
  });
}
