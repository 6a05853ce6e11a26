import { type Call, conversationOf } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { judged, show } from './outcomes.ts';
import { responseTo } from './progress.ts';

const RULE = 'ping.respond';
/** So long a ping may take whatever the network does. */
const PATIENCE_MS = 1_000;

/**
 * A ping is answered promptly, other requests or no. That the ping waited for one of them shows in the order of the
 * answers: a slow network or a busy machine delays both alike.
 */
export const pingPrompt: Invariant = {
  id: 'invariant.ping.prompt',
  title: 'a ping does not wait until a slow request is done',
  occasion: 'a ping while a slow request is being worked on',
  requires: [RULE],
  judge: (view) => {
    if (view.facts.era !== 'stateful') return [];
    return conversationOf(view).sessions.flatMap(({ calls }) => {
      const slow = calls.filter(({ method }) => method === 'tools/call');
      return calls
        .filter(({ method }) => method === 'ping')
        .flatMap((ping) => {
          const waitedFor = slow.find((call) => isKeptWaiting(ping, call));
          if (!waitedFor) return [];
          const message = `a ping was answered only after the request ${show(waitedFor.id)}, which was running when it came, ${Math.round(waitOf(ping))} ms later`;
          return judged(RULE, ping.exchange, [{ message, atMost: 'warn' }], true);
        });
    });
  },
};

function isKeptWaiting(ping: Call, call: Call): boolean {
  const answered = answeredAt(call);
  return (
    waitOf(ping) >= PATIENCE_MS &&
    call.exchange.startedAt < ping.exchange.startedAt &&
    answered - ping.exchange.startedAt >= PATIENCE_MS &&
    answered <= answeredAt(ping)
  );
}

function waitOf(call: Call): number {
  const answered = answeredAt(call);
  return Number.isFinite(answered) ? answered - call.exchange.startedAt : 0;
}

function answeredAt(call: Call): number {
  return responseTo(call)?.message.at ?? Number.POSITIVE_INFINITY;
}
