import type { JsonObject } from '../../spec/messages.ts';
import { messageDefinitions } from '../../spec/schema/index.ts';
import type { Outcome } from '../judge/outcome.ts';
import { isObject } from '../wire/json-rpc.ts';
import { conversationOf } from './conversation.ts';
import type { Invariant, TraceView } from './invariant.ts';
import { declares, serverCapabilities, speaksRevision } from './negotiated.ts';
import { condensed, judged, show } from './outcomes.ts';
import { type TargetMessage, targetMessages } from './target-messages.ts';

const REQUIRES = ['lifecycle.op.negotiated-capabilities', 'log.capability', 'prompts.capability-negotiation'] as const;
const [NEGOTIATED, LOG, PROMPTS] = REQUIRES;

const NEEDS: ReadonlyMap<string, { readonly rule: string; readonly capability: string }> = new Map(
  Object.entries({
    'notifications/message': { rule: LOG, capability: 'logging' },
    'notifications/tools/list_changed': { rule: NEGOTIATED, capability: 'tools.listChanged' },
    'notifications/prompts/list_changed': { rule: NEGOTIATED, capability: 'prompts.listChanged' },
    'notifications/resources/list_changed': { rule: NEGOTIATED, capability: 'resources.listChanged' },
    'notifications/resources/updated': { rule: NEGOTIATED, capability: 'resources.subscribe' },
    'notifications/tasks/status': { rule: NEGOTIATED, capability: 'tasks' },
  }),
);

/** Notifications that only a server which declared the capability may send. */
export const capabilityServer: Invariant = {
  id: 'invariant.capabilities.of-server',
  title: 'the server sends only notifications whose capability it declared',
  occasion: 'notifications of the server',
  requires: REQUIRES,
  judge: (view) => {
    const conversation = conversationOf(view);
    const outcomes = conversation.exchanges.flatMap((exchange) =>
      targetMessages(exchange).flatMap((said) => {
        const declared = serverCapabilities(conversation.sessionOf(exchange), said.message.at);
        return declared && speaksRevision(view, exchange) ? judgeNotification(said, declared, view) : [];
      }),
    );
    return condensed(outcomes);
  },
};

function judgeNotification(said: TargetMessage, declared: JsonObject, view: TraceView): Outcome[] {
  const { value } = said.message;
  const method = isObject(value) && typeof value.method === 'string' ? value.method : '';
  const need = NEEDS.get(method);
  if (!need || !messageDefinitions(view.revision).has(method)) return [];
  const message = `the server sent ${show(method)} without having declared ${need.capability}`;
  const kept = declares(declared, need.capability);
  const breaches = kept ? [] : [{ message, path: `${said.path}.method`, actual: method }];
  // the page about prompts says it once more
  const rules = need.capability.startsWith('prompts') ? [need.rule, PROMPTS] : [need.rule];
  return rules.flatMap((rule) => judged(rule, said.exchange, breaches, true));
}
