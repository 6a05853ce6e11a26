import type { Exchange } from '../trace/exchange.ts';
import { lenientUtf8 } from '../wire/bytes.ts';
import { isObject } from '../wire/json-rpc.ts';
import { conversationOf } from './conversation.ts';
import type { Invariant, TraceView } from './invariant.ts';
import { type Breach, judged } from './outcomes.ts';
import { isAccepted, isWellFormedSending, targetMessages } from './target-messages.ts';

const REQUIRES = ['http.post.notification-202', 'http.post.rejected-4xx'] as const;
const [ACCEPTED, REJECTED] = REQUIRES;

/** What comes back for messages that ask nothing: 202 without a body, or a refusal with an error status. */
export const httpNotificationAnswers: Invariant = {
  id: 'invariant.http.notification-answers',
  title: 'a notification or response is answered with 202 and no body, or refused with an error status',
  occasion: 'an answer to a notification or response',
  requires: REQUIRES,
  transports: ['streamable-http'],
  judge: (view) => {
    if (view.trace.header.transport !== 'streamable-http') return [];
    return conversationOf(view)
      .exchanges.filter((exchange) => exchange.response && asksNothing(exchange, view))
      .flatMap((exchange) => {
        if (!isAccepted(exchange)) return judged(REJECTED, exchange, [], (exchange.response?.status ?? 0) >= 400);
        const refusal = refusalIn(exchange);
        if (refusal) return judged(REJECTED, exchange, [refusal], true);
        return judged(ACCEPTED, exchange, faultsOf(exchange), exchange.end?.how === 'complete');
      });
  },
};

function asksNothing(exchange: Exchange, view: TraceView): boolean {
  return (
    isWellFormedSending(exchange, view) &&
    exchange.sent.every(
      ({ envelope: { kind } }) => kind === 'notification' || (kind !== 'request' && view.facts.era === 'stateful'),
    )
  );
}

/** A JSON-RPC error says that the message was not accepted, whatever the status says. */
function refusalIn(exchange: Exchange): Breach | null {
  const found = targetMessages(exchange).find(({ message: { value } }) => isObject(value) && isObject(value.error));
  if (!found) return null;
  const status = exchange.response?.status;
  return {
    message: `a message was refused with a JSON-RPC error under HTTP ${status}, which is no error status`,
    path: 'status',
    actual: status,
  };
}

function faultsOf(exchange: Exchange): Breach[] {
  const { status } = exchange.response ?? {};
  const { bytes } = exchange.payload;
  const faults: Breach[] = [];
  if (status !== 202) {
    faults.push({
      message: `an accepted message was answered with HTTP ${status}, not 202`,
      path: 'status',
      actual: status,
    });
  }
  if (bytes.length && !isAnsweredNotification(exchange)) {
    const actual = lenientUtf8(bytes);
    faults.push({
      message: 'an accepted message was answered with a body, which has to be empty',
      path: 'body',
      actual,
    });
  }
  return faults;
}

/** Whether the body is a response to a notification: there is a rule against just that. */
function isAnsweredNotification(exchange: Exchange): boolean {
  return (
    exchange.sent.every(({ envelope }) => envelope.kind === 'notification') &&
    targetMessages(exchange).some(({ message: { value } }) => isObject(value) && 'result' in value)
  );
}
