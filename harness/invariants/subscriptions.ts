import type { Json, JsonObject } from '../../spec/messages.ts';
import { isResponse } from '../judge/observation.ts';
import type { Outcome } from '../judge/outcome.ts';
import type { Exchange } from '../trace/exchange.ts';
import { isObject } from '../wire/json-rpc.ts';
import { type Call, conversationOf } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { speaksRevision } from './negotiated.ts';
import { type Breach, condensed, judged, sameJson, show } from './outcomes.ts';
import { isStream, type TargetMessage, targetMessages } from './target-messages.ts';

const REQUIRES = [
  'subs.ack-first',
  'subs.nothing-before-ack',
  'subs.subscription-id',
  'subs.only-requested',
  'subs.graceful-response',
  'log.request-scoped',
] as const;
const [ACKNOWLEDGED, NOTHING_BEFORE, ID, REQUESTED, GRACEFUL, LOG] = REQUIRES;

const ACK = 'notifications/subscriptions/acknowledged';
const UPDATED = 'notifications/resources/updated';
/** The notifications of changes, and the member of the filter that asks for each. */
const FILTERS: ReadonlyMap<Json | undefined, string> = new Map([
  ['notifications/tools/list_changed', 'toolsListChanged'],
  ['notifications/prompts/list_changed', 'promptsListChanged'],
  ['notifications/resources/list_changed', 'resourcesListChanged'],
  [UPDATED, 'resourceSubscriptions'],
]);

/** Everything that comes on the stream of a subscription (2026-07-28, basic/patterns/subscriptions). */
export const subscriptions: Invariant = {
  id: 'invariant.subscriptions',
  title:
    'a subscription is acknowledged first, told only of what it asked for, under its id, and ended with a response',
  occasion: 'a subscription that the server confirms',
  requires: REQUIRES,
  transports: ['streamable-http'],
  judge: (view) =>
    view.facts.era !== 'stateless' || view.trace.header.transport !== 'streamable-http'
      ? []
      : conversationOf(view)
          .sessions.flatMap(({ calls }) => calls)
          .filter(({ method, exchange }) => method === 'subscriptions/listen' && speaksRevision(view, exchange))
          .flatMap((call) => condensed(judgeStream(call))),
};

function judgeStream(call: Call): Outcome[] {
  const { exchange, id, params } = call;
  if (exchange.response === null) {
    // A server that is merely slow has had the time of a whole step.
    const silent = { message: 'the subscription was not answered at all', path: 'ending', actual: 'timeout' };
    return exchange.end?.how === 'timeout' ? judged(ACKNOWLEDGED, exchange, [silent], true) : [];
  }
  if (exchange.response.status !== 200 || !isStream(exchange)) return [];
  const said = targetMessages(exchange).filter(({ message: { value } }) => isObject(value));
  const notifications = said.filter((one) => methodOf(one) !== undefined && bodyOf(one).id === undefined);
  const [first] = said;
  const filter = isObject(params) && isObject(params.notifications) ? params.notifications : {};
  const early = first && methodOf(first) !== ACK && methodOf(first) !== undefined ? [first] : [];
  const others = notifications.filter((one) => methodOf(one) !== ACK);
  const logged = notifications.filter((one) => methodOf(one) === 'notifications/message');
  return [
    ...judged(ACKNOWLEDGED, exchange, [], first !== undefined && methodOf(first) === ACK),
    ...judged(
      NOTHING_BEFORE,
      exchange,
      notifications.some((one) => methodOf(one) === ACK)
        ? early.map((one) => breach(one, 'something came before the acknowledgment'))
        : [],
      notifications.length > 0,
    ),
    ...judged(
      ID,
      exchange,
      said.flatMap((one) => untagged(one, id)),
      notifications.length > 0,
    ),
    ...judged(
      REQUESTED,
      exchange,
      others.flatMap((one) => unasked(one, filter)),
      others.length > 0,
    ),
    ...judged(
      LOG,
      exchange,
      logged.map((one) => breach(one, 'a log message came on a subscription')),
      true,
    ),
    ...judged(GRACEFUL, exchange, abrupt(exchange, said), exchange.end?.how === 'complete'),
  ];
}

/** Notifications and the response carry the id under which the subscription runs. */
function untagged(one: TargetMessage, id: Json): Breach[] {
  const { params, result, error, method } = bodyOf(one);
  if (error !== undefined || (method !== undefined && bodyOf(one).id !== undefined)) return [];
  const holder = method === undefined ? result : params;
  const meta = isObject(holder) && isObject(holder._meta) ? holder._meta : {};
  const carried = meta['io.modelcontextprotocol/subscriptionId'];
  if (sameJson(carried, id)) return [];
  const what = method === undefined ? 'the response' : show(method);
  return [
    {
      message: `${what} carries the subscription id ${show(carried)} and not ${show(id)}`,
      path: `${one.path}.${method === undefined ? 'result' : 'params'}._meta`,
      actual: meta,
      // the rule speaks of notifications
      ...(method === undefined ? { atMost: 'warn' } : {}),
    },
  ];
}

function unasked(one: TargetMessage, filter: JsonObject): Breach[] {
  const member = FILTERS.get(methodOf(one));
  if (member === undefined) return [];
  const asked = filter[member];
  if (methodOf(one) !== UPDATED) {
    return asked === true ? [] : [breach(one, `${show(methodOf(one))} came, which the filter does not ask for`)];
  }
  const uris = Array.isArray(asked) ? asked.map(String) : [];
  const { params } = bodyOf(one);
  const uri = isObject(params) ? params.uri : undefined;
  // it may be part of a resource that was asked for
  if (typeof uri !== 'string' || uris.some((known) => uri.startsWith(known))) return [];
  const message = `an update of ${show(uri)} came, which the filter does not ask for`;
  return [uris.length ? { ...breach(one, message), atMost: 'warn' } : breach(one, message)];
}

/** A stream that the server ended by itself, without the response that says so. */
function abrupt(exchange: Exchange, said: readonly TargetMessage[]): Breach[] {
  if (exchange.end?.how !== 'complete' || !said.length || said.some(({ message }) => isResponse(message))) return [];
  return [{ message: 'the server ended the subscription without a response', path: 'ending', actual: 'complete' }];
}

function breach({ path, message }: TargetMessage, why: string): Breach {
  return { message: why, path, actual: message.value };
}

function bodyOf({ message: { value } }: TargetMessage): JsonObject {
  return isObject(value) ? value : {};
}

function methodOf(one: TargetMessage): Json | undefined {
  return bodyOf(one).method;
}
