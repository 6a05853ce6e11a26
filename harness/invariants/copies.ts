import { isResponse } from '../judge/observation.ts';
import { isObject } from '../wire/json-rpc.ts';
import { callsIn, conversationOf } from './conversation.ts';
import type { TraceView } from './invariant.ts';
import { hasId, isNotificationMethod } from './jsonrpc-notifications.ts';
import { sameJson } from './outcomes.ts';
import { carrierOf, isResuming, isStream, type TargetMessage, targetMessages } from './target-messages.ts';

const known = new WeakMap<TraceView['trace'], Map<TargetMessage, TargetMessage[]>>();

/**
 * The same request or response of the target's on other streams of the session. Replays on a resumed stream do not count,
 * nor does a response on a stream whose own POST asked under that id: there it is an answer, not a copy.
 */
export function copiesOf(view: TraceView, said: TargetMessage): readonly TargetMessage[] {
  const before = known.get(view.trace);
  const copies = before ?? findCopies(view);
  known.set(view.trace, copies);
  return copies.get(said) ?? [];
}

function findCopies(view: TraceView): Map<TargetMessage, TargetMessage[]> {
  const copies = new Map<TargetMessage, TargetMessage[]>();
  for (const { exchanges } of conversationOf(view).sessions) {
    const groups = new Map<string, TargetMessage[]>();
    for (const exchange of exchanges) {
      if (!isStream(exchange) || isResuming(exchange)) continue;
      for (const said of targetMessages(exchange)) {
        if (!canBeCopied(said)) continue;
        const key = carrierOf(said);
        const group = groups.get(key);
        if (group) group.push(said);
        else groups.set(key, [said]);
      }
    }
    for (const same of groups.values()) noteCopies(same, copies);
  }
  return copies;
}

/** A notification with an id is another rule's, and the next one of its kind is no copy. */
function canBeCopied(said: TargetMessage): boolean {
  const { value } = said.message;
  return hasId(said) && isObject(value) && !isNotificationMethod(value.method);
}

function noteCopies(same: readonly TargetMessage[], copies: Map<TargetMessage, TargetMessage[]>): void {
  if (same.length < 2) return;
  for (const said of same) {
    if (isAnswer(said)) continue;
    const others = same.filter(({ exchange }) => exchange !== said.exchange);
    if (others.length) copies.set(said, others);
  }
}

/** Whether a response stands on the stream of the request it answers. */
function isAnswer({ exchange, message }: TargetMessage): boolean {
  const { value } = message;
  if (!isResponse(message) || !isObject(value)) return false;
  return callsIn(exchange).some(({ id }) => sameJson(id, value.id));
}
