import { conversationOf, type Session } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { judged, show } from './outcomes.ts';
import { callsWithToken, isTask, progressIn, responseTo } from './progress.ts';
import { isResuming, isStream } from './target-messages.ts';

const RULE = 'sse.get.unrelated';

/**
 * Progress of a request that has a stream of its own belongs there, not on the stream of a GET. A request that is answered
 * with JSON has none, and tasks go on after their answer.
 */
export const sseGetUnrelated: Invariant = {
  id: 'invariant.sse.get-unrelated',
  title: 'the progress of a request comes on the stream of its answer, not on that of a GET',
  occasion: 'progress, or messages on the stream of a GET',
  requires: [RULE],
  transports: ['streamable-http'],
  judge: (view) => conversationOf(view).sessions.flatMap(judgeSession),
};

function judgeSession(session: Session) {
  return progressIn(session, 'streamable-http').flatMap(({ said, token }) => {
    const calls = callsWithToken(session, token, said.message.at);
    const [call] = calls;
    if (calls.length !== 1 || !call || isTask(call) || !isStream(call.exchange)) return [];
    if (said.exchange === call.exchange) return judged(RULE, said.exchange, [], isListenedTo(session));
    if (said.exchange.method !== 'GET' || isResuming(said.exchange)) return [];
    const answered = responseTo(call)?.message.at ?? call.exchange.end?.at ?? Number.POSITIVE_INFINITY;
    if (said.message.at > answered) return [];
    const message = `progress of the request ${show(call.id)}, which has a stream of its own, came on the stream of a GET`;
    return judged(RULE, said.exchange, [{ message, path: said.path, actual: said.message.value }], true);
  });
}

function isListenedTo({ exchanges }: Session): boolean {
  return exchanges.some((exchange) => exchange.method === 'GET' && isStream(exchange) && !isResuming(exchange));
}
