import { isResponse } from '../judge/observation.ts';
import { type Exchange, sharesStream } from '../trace/exchange.ts';
import { isObject } from '../wire/json-rpc.ts';
import { conversationOf } from './conversation.ts';
import type { Invariant, TraceView } from './invariant.ts';
import { judged, show } from './outcomes.ts';
import { isAccepted, isWellFormedSending, type TargetMessage, targetMessages } from './target-messages.ts';

/**
 * Responses to notifications. Over HTTP an error is left to the rule on refusals: it says that the notification was not
 * accepted. Where all answers come on one stream, a response without an id that comes after a notification can answer nothing
 * else, provided that the client sent nothing malformed.
 */
export const jsonRpcNotificationNoResponse: Invariant = {
  id: 'invariant.jsonrpc.notification-no-response',
  title: 'a notification gets no response',
  occasion: 'an answer to a notification',
  requires: ['jsonrpc.notification.no-response'],
  judge: (view) => {
    const conversation = conversationOf(view);
    return conversation.exchanges
      .filter((exchange) => isAccepted(exchange) && carriesOnlyNotifications(exchange, view))
      .flatMap((exchange) => {
        const responses = targetMessages(exchange).filter(({ message }) => isResponse(message));
        const { exchanges } = conversation.sessionOf(exchange);
        const answers = sharesStream(exchange)
          ? responses.filter((said) => !hasId(said) && exchanges.every((one) => isWellFormedSending(one, view)))
          : responses.filter(({ message: { value } }) => isObject(value) && 'result' in value);
        const breaches = answers.map(({ message, path }) => ({
          message: 'a notification was answered with a response',
          path,
          actual: message.value,
        }));
        return judged('jsonrpc.notification.no-response', exchange, breaches, !responses.length);
      });
  },
};

/** Notifications of the target's, told by their names: MCP gives no request a name that begins so. */
export const jsonRpcNotificationNoId: Invariant = {
  id: 'invariant.jsonrpc.notification-no-id',
  title: 'a notification of the server has no id',
  occasion: 'notifications of the server',
  requires: ['jsonrpc.notification.no-id'],
  judge: (view) =>
    conversationOf(view).exchanges.flatMap((exchange) => {
      const notifications = targetMessages(exchange).flatMap(({ message: { value }, path }) =>
        isObject(value) && isNotificationMethod(value.method) ? [{ value, path }] : [],
      );
      const breaches = notifications.flatMap(({ value, path }) => {
        if (!('id' in value)) return [];
        const message = `the notification ${show(value.method)} has the id ${show(value.id)}`;
        return [{ message, path: `${path}.id`, actual: value.id }];
      });
      return judged('jsonrpc.notification.no-id', exchange, breaches, notifications.length > 0);
    }),
};

/** Whether a method is that of a notification. */
export function isNotificationMethod(method: unknown): boolean {
  return typeof method === 'string' && method.startsWith('notifications/');
}

/** Whether an exchange carried notifications and nothing else. */
export function carriesOnlyNotifications(exchange: Exchange, view: TraceView): boolean {
  return isWellFormedSending(exchange, view) && exchange.sent.every(({ envelope }) => envelope.kind === 'notification');
}

/** Whether a message has an id that is not null. */
export function hasId({ message: { value } }: TargetMessage): boolean {
  return isObject(value) && value.id !== undefined && value.id !== null;
}
