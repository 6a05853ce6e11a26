import type { Json, JsonObject } from '../../spec/messages.ts';
import { isResponse } from '../judge/observation.ts';
import type { Outcome } from '../judge/outcome.ts';
import { isObject } from '../wire/json-rpc.ts';
import { type Call, conversationOf } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { speaksRevision } from './negotiated.ts';
import { condensed, judged } from './outcomes.ts';
import { isStream, targetMessages } from './target-messages.ts';

const REQUIRES = [
  'jsonrpc.error.data',
  'jsonrpc.request-scoped-notifications',
  'sse.post.notifications-before',
  'prompts.resource-links',
  'resources.multi-contents',
] as const;
const [DATA, SCOPED, BEFORE, LINKS, SEVERAL] = REQUIRES;

/** The notifications that belong to the request in whose answer they come (2026-07-28, basic/patterns). */
const OF_A_REQUEST = new Set<Json | undefined>(['notifications/progress', 'notifications/message']);

/** What a server of the stateless era may do and need not: it is only said where one does it. */
export const permissions: Invariant = {
  id: 'invariant.stateless.permissions',
  title: 'the server makes use of what it may do and need not',
  occasion: 'error data, notifications before a response, or links and several contents',
  requires: REQUIRES,
  judge: (view) =>
    view.facts.era !== 'stateless'
      ? []
      : condensed(
          conversationOf(view)
            .sessions.flatMap(({ calls }) => calls)
            .filter(({ exchange, wellFormed }) => wellFormed && speaksRevision(view, exchange))
            .flatMap(judgeCall),
        ),
};

function judgeCall(call: Call): Outcome[] {
  const { method, exchange } = call;
  const said = targetMessages(exchange).map(({ message }) => message);
  const at = said.findIndex(isResponse);
  const before = said.slice(0, at < 0 ? said.length : at).map(({ value }) => (isObject(value) ? value.method : null));
  const scoped = method !== 'subscriptions/listen' && before.some((one) => OF_A_REQUEST.has(one ?? undefined));
  const { error, result } = bodyOf(said[at]?.value);
  const used = (requirement: string, is: boolean) => judged(requirement, exchange, [], is);
  return [
    ...used(DATA, isObject(error) && error.data !== undefined),
    ...used(SCOPED, scoped),
    ...used(BEFORE, scoped && isStream(exchange)),
    ...used(LINKS, method === 'prompts/get' && itemsIn(result, 'messages').some(isLink)),
    ...used(SEVERAL, method === 'resources/read' && itemsIn(result, 'contents').length > 1),
  ];
}

function bodyOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

function itemsIn(result: Json | undefined, member: string): readonly Json[] {
  const list = isObject(result) ? result[member] : undefined;
  return Array.isArray(list) ? list : [];
}

function isLink(message: Json): boolean {
  return isObject(message) && isObject(message.content) && message.content.type === 'resource_link';
}
