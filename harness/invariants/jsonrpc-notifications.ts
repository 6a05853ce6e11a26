import type { Exchange } from '../exchange.ts';
import { isResponse } from '../judge/observation.ts';
import { isObject } from '../wire/json-rpc.ts';
import { conversationOf } from './conversation.ts';
import type { Invariant, TraceView } from './invariant.ts';
import { judged, show } from './outcomes.ts';
import { isAccepted, isWellFormedPost, targetMessages } from './target-messages.ts';

/** An error in an accepting answer is left to the rule on refusals: it says that the notification was not accepted. */
export const jsonRpcNotificationNoResponse: Invariant = {
  id: 'invariant.jsonrpc.notification-no-response',
  title: 'a notification gets no response',
  requires: ['jsonrpc.notification.no-response'],
  judge: (view) =>
    conversationOf(view)
      .exchanges.filter((exchange) => isAccepted(exchange) && carriesOnlyNotifications(exchange, view))
      .flatMap((exchange) => {
        const results = targetMessages(exchange).filter(
          ({ message: { value } }) => isObject(value) && 'result' in value,
        );
        const breaches = results.map(({ message, path }) => ({
          message: 'a notification was answered with a response',
          path,
          actual: message.value,
        }));
        const refused = targetMessages(exchange).some(({ message }) => isResponse(message));
        return judged('jsonrpc.notification.no-response', exchange, breaches, !refused);
      }),
};

/** Notifications of the target's, told by their names: MCP gives no request a name that begins so. */
export const jsonRpcNotificationNoId: Invariant = {
  id: 'invariant.jsonrpc.notification-no-id',
  title: 'a notification of the server has no id',
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

function carriesOnlyNotifications(exchange: Exchange, view: TraceView): boolean {
  return isWellFormedPost(exchange, view) && exchange.sent.every(({ envelope }) => envelope.kind === 'notification');
}
