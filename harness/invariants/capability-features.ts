import type { Json, JsonObject } from '../../spec/messages.ts';
import { isObject } from '../wire/json-rpc.ts';
import { conversationOf, resultOf } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { declares, serverCapabilities, speaksRevision } from './negotiated.ts';
import { condensed, judged, show } from './outcomes.ts';

interface Feature {
  readonly rule: string;
  readonly capability: string;
  /** Whether a result shows that the server has the feature; an empty list shows nothing. */
  readonly shows: (result: JsonObject) => boolean;
}

const lists = (member: string) => (result: JsonObject) => Array.isArray(result[member]) && result[member].length > 0;
const tools = { rule: 'tools.capability', capability: 'tools' };
const resources = { rule: 'resources.capability', capability: 'resources' };
const prompts = { rule: 'prompts.capability', capability: 'prompts' };

const FEATURES: ReadonlyMap<string, Feature> = new Map(
  Object.entries({
    'tools/list': { ...tools, shows: lists('tools') },
    'tools/call': { ...tools, shows: (result) => result.isError !== true },
    'resources/list': { ...resources, shows: lists('resources') },
    'resources/templates/list': { ...resources, shows: lists('resourceTemplates') },
    'resources/read': { ...resources, shows: lists('contents') },
    'prompts/list': { ...prompts, shows: lists('prompts') },
    'prompts/get': { ...prompts, shows: lists('messages') },
    'completion/complete': {
      rule: 'complete.capability',
      capability: 'completions',
      shows: ({ completion }) => isObject(completion) && lists('values')(completion),
    },
  }),
);

/** Features that a server has but does not declare: clients that go by the capabilities never use them. */
export const capabilityFeatures: Invariant = {
  id: 'invariant.capabilities.of-features',
  title: 'the server declares the features that it has',
  occasion: 'answers to requests for features of the server',
  requires: ['tools.capability', 'resources.capability', 'prompts.capability', 'complete.capability'],
  judge: (view) =>
    condensed(
      conversationOf(view).sessions.flatMap((session) =>
        session.calls.flatMap((call) => {
          const feature = FEATURES.get(call.method);
          const declared = serverCapabilities(session, call.exchange.startedAt);
          if (!feature || !declared || !speaksRevision(view, call.exchange)) return [];
          const result: Json | undefined = resultOf(call);
          if (!isObject(result) || !feature.shows(result)) return [];
          const message = `the server answers ${show(call.method)} but did not declare ${feature.capability}`;
          const breach = { message, path: 'result', actual: result };
          const kept = declares(declared, feature.capability);
          return judged(feature.rule, call.exchange, kept ? [] : [breach], true);
        }),
      ),
    ),
};
