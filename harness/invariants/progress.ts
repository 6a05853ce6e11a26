import type { Json } from '../../spec/messages.ts';
import type { Transport } from '../../spec/revisions.ts';
import { isResponse } from '../judge/observation.ts';
import { isObject } from '../wire/json-rpc.ts';
import type { Call, Session } from './conversation.ts';
import { sameJson } from './outcomes.ts';
import { isResuming, type TargetMessage, targetMessages } from './target-messages.ts';

/** A progress notification of the target's. */
export interface Progress {
  readonly said: TargetMessage;
  readonly token: Json | undefined;
  readonly progress: Json | undefined;
}

/** The progress notifications of a session: on a stream that all share as they came, else in the order of the exchanges and so within one. */
export function progressIn(session: Session, transport: Transport): Progress[] {
  const all = session.exchanges.flatMap((exchange) =>
    targetMessages(exchange).flatMap((said) => {
      const { value } = said.message;
      if (!isObject(value) || value.method !== 'notifications/progress') return [];
      const params = isObject(value.params) ? value.params : {};
      return [{ said, token: params.progressToken, progress: params.progress }];
    }),
  );
  return transport !== 'streamable-http' ? all.sort((a, b) => a.said.message.at - b.said.message.at) : all;
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

/** The response to a request, or undefined. */
export function responseTo(call: Call): TargetMessage | undefined {
  const said = call.answeredIn.flatMap((exchange) => targetMessages(exchange));
  return said.find(
    ({ message }) => isResponse(message) && isObject(message.value) && sameJson(message.value.id, call.id),
  );
}

/** Whether a request was run as a task (2025-11-25): its progress goes on after the response. */
export function isTask(call: Call): boolean {
  if (isObject(call.params) && call.params.task !== undefined) return true;
  const response = responseTo(call)?.message.value;
  return isObject(response) && isObject(response.result) && isObject(response.result.task);
}

/** How much later a message has to arrive on another stream for the one before it surely to have been sent first. */
const SURELY_LATER_MS = 500;

/**
 * Whether one message was sent after another: `surely` where both came on one stream, `likely` where it came so much
 * later on another that no network explains it. On a resumed stream older messages come again.
 */
export function isLater(one: TargetMessage, other: TargetMessage, transport: Transport): 'surely' | 'likely' | 'no' {
  if (one.exchange === other.exchange) return one.index > other.index ? 'surely' : 'no';
  const later = one.message.at - other.message.at;
  if (transport !== 'streamable-http') return later > 0 ? 'surely' : 'no';
  return later > SURELY_LATER_MS && !isResuming(one.exchange) ? 'likely' : 'no';
}
