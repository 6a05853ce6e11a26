import type { Json } from '../../spec/messages.ts';
import { isResponse } from '../judge/observation.ts';
import { isObject } from '../wire/json-rpc.ts';
import type { Call, Session } from './conversation.ts';
import { sameJson } from './outcomes.ts';
import { type TargetMessage, targetMessages } from './target-messages.ts';

/** A progress notification of the target's. */
export interface Progress {
  readonly said: TargetMessage;
  readonly token: Json | undefined;
  readonly progress: Json | undefined;
}

/** The progress notifications of a session, in the order of the exchanges and, within one, as they came. */
export function progressIn(session: Session): Progress[] {
  return session.exchanges.flatMap((exchange) =>
    targetMessages(exchange).flatMap((said) => {
      const { value } = said.message;
      if (!isObject(value) || value.method !== 'notifications/progress') return [];
      const params = isObject(value.params) ? value.params : {};
      return [{ said, token: params.progressToken, progress: params.progress }];
    }),
  );
}

/** The requests of a session that gave a progress token, type included, before a moment. */
export function callsWithToken(session: Session, token: Json | undefined, before: number): Call[] {
  return session.calls.filter(
    (call) => call.exchange.startedAt <= before && tokenOf(call) !== undefined && sameJson(tokenOf(call), token),
  );
}

/** The progress token that a request gave, or undefined. */
export function tokenOf({ params }: Call): Json | undefined {
  const meta = isObject(params) ? params._meta : undefined;
  return isObject(meta) ? meta.progressToken : undefined;
}

/** The response to a request in the exchange that carried it, or undefined. */
export function responseTo(call: Call): TargetMessage | undefined {
  return targetMessages(call.exchange).find(
    ({ message }) => isResponse(message) && isObject(message.value) && sameJson(message.value.id, call.id),
  );
}

/** Whether a request was run as a task (2025-11-25): its progress goes on after the response. */
export function isTask(call: Call): boolean {
  if (isObject(call.params) && call.params.task !== undefined) return true;
  const response = responseTo(call)?.message.value;
  return isObject(response) && isObject(response.result) && isObject(response.result.task);
}
