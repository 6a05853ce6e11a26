import type { Outcome } from '../judge/outcome.ts';
import { conversationOf, type Session } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { serverRequests } from './jsonrpc-server-requests.ts';
import { judged, show } from './outcomes.ts';
import { isStream } from './target-messages.ts';

const RULE = 'lifecycle.init.server-no-early-requests';

/**
 * Before notifications/initialized the server may ping and log, nothing else. What arrives after it was sent may have
 * been on its way already; what arrives before was certainly too early.
 */
export const lifecycleEarlyRequests: Invariant = {
  id: 'invariant.lifecycle.early-requests',
  title: 'the server sends no request but ping before notifications/initialized',
  occasion: 'an answer to initialize',
  requires: [RULE],
  judge: (view) => conversationOf(view).sessions.flatMap(judgeSession),
};

function judgeSession(session: Session): Outcome[] {
  const opened = session.openings[0]?.exchange;
  if (!opened) return [];
  const confirmed = session.confirmedAt ?? Number.POSITIVE_INFINITY;
  const requests = serverRequests(session).filter(({ method }) => method !== 'ping');
  const early = requests.filter(({ said }) => said.message.at < confirmed);
  if (early.length) {
    return early.flatMap(({ said, method }) => {
      const message = `the server sent ${show(method)} before notifications/initialized`;
      return judged(RULE, said.exchange, [{ message, path: `${said.path}.method`, actual: method }], true);
    });
  }
  const [later] = requests;
  if (later) return judged(RULE, later.said.exchange, [], true);
  const open = session.exchanges.find(
    (exchange) => exchange.method === 'GET' && isStream(exchange) && exchange.startedAt < confirmed,
  );
  return open ? judged(RULE, open, [], true) : [];
}
