import { isResponse } from '../judge/observation.ts';
import { conversationOf } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { judged, show } from './outcomes.ts';
import { isMessageEvent, isStream } from './target-messages.ts';

const RULE = 'sse.post.eventually-response';

/**
 * A response in an event of another name than `message`: the standard hands such events to listeners of that name, which
 * a client of MCP does not have. MCP itself does not speak of event names: a warning only.
 */
export const sseEventNames: Invariant = {
  id: 'invariant.sse.event-names',
  title: 'responses come in events that a reader of event streams takes for messages',
  occasion: 'events that have a name and carry a response',
  requires: [RULE],
  transports: ['streamable-http'],
  judge: (view) =>
    conversationOf(view).exchanges.flatMap((exchange) => {
      if (exchange.method !== 'POST' || !isStream(exchange)) return [];
      const named = exchange.payload.messages.flatMap((message, index) => {
        const name = message.event === null ? null : (exchange.payload.events[message.event]?.event ?? null);
        return isResponse(message) && !isMessageEvent(name) ? [{ name, index, value: message.value }] : [];
      });
      const breaches = named.map(({ name, index, value }) => ({
        message: `a response came in an event of the name ${show(name)}, which clients do not take for a message`,
        path: `messages.${index}`,
        actual: value,
        atMost: 'warn' as const,
      }));
      return judged(RULE, exchange, breaches, false);
    }),
};
