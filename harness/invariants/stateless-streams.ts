import type { Json } from '../../spec/messages.ts';
import { isResponse } from '../judge/observation.ts';
import type { Outcome } from '../judge/outcome.ts';
import { headerValue } from '../wire/headers.ts';
import { isObject } from '../wire/json-rpc.ts';
import { type Call, conversationOf } from './conversation.ts';
import type { Invariant, TraceView } from './invariant.ts';
import { declares, speaksRevision } from './negotiated.ts';
import { type Breach, condensed, judged, show } from './outcomes.ts';
import { isStream, type TargetMessage, targetMessages } from './target-messages.ts';

const REQUIRES = [
  'jsonrpc.follows-2.0',
  'sse.post.messages-relate',
  'sse.x-accel-buffering',
  'log.capability',
] as const;
const [ANSWERED, RELATED, UNBUFFERED, LOGGING] = REQUIRES;

/** Notifications of changes: they belong on the stream of a subscription. */
const CHANGES = new Set<Json | undefined>([
  'notifications/tools/list_changed',
  'notifications/prompts/list_changed',
  'notifications/resources/list_changed',
  'notifications/resources/updated',
]);

/** The streams with which a server of the stateless era answers requests, and the log messages on them. */
export const statelessStreams: Invariant = {
  id: 'invariant.stateless.streams',
  title: 'the stream of an answer carries the response and what belongs to the request, and no proxy holds it back',
  occasion: 'an answer that is an event stream',
  requires: REQUIRES,
  judge: (view) =>
    view.facts.era !== 'stateless'
      ? []
      : conversationOf(view)
          .sessions.flatMap(({ calls }) => calls)
          .filter(({ exchange, wellFormed }) => wellFormed && speaksRevision(view, exchange))
          .flatMap((call) => condensed([...judgeLogging(call, view), ...judgeStream(call, view)])),
};

function judgeStream({ method, exchange }: Call, view: TraceView): Outcome[] {
  if (view.trace.header.transport !== 'streamable-http' || !isStream(exchange)) return [];
  const held = headerValue(exchange.response?.headers ?? [], 'x-accel-buffering');
  const buffered: Breach = {
    message: 'a proxy may hold the events back: X-Accel-Buffering is not "no"',
    path: 'headers.x-accel-buffering',
    actual: held ?? undefined,
  };
  const header = judged(UNBUFFERED, exchange, held?.toLowerCase() === 'no' ? [] : [buffered], true);
  if (method === 'subscriptions/listen') return header;
  const said = targetMessages(exchange);
  const changes = said.filter((one) => CHANGES.has(methodOf(one)));
  const answered = said.some(({ message }) => isResponse(message));
  const whole = exchange.end?.how === 'complete' && !exchange.payload.unreadable.length;
  const silent: Breach = { message: 'the stream ended without the response', path: 'ending', actual: 'complete' };
  return [
    ...header,
    ...judged(ANSWERED, exchange, whole && !answered ? [silent] : [], answered),
    ...judged(RELATED, exchange, changes.map(misplaced), said.length > 1),
  ];
}

function misplaced(one: TargetMessage): Breach {
  return {
    message: `${show(methodOf(one))} came on the stream of a request that is no subscription`,
    path: one.path,
    actual: one.message.value,
    // the request may have made the change
    atMost: 'warn',
  };
}

function judgeLogging({ exchange }: Call, view: TraceView): Outcome[] {
  const { server } = view.trace.header.variables;
  const capabilities = isObject(server) && isObject(server.capabilities) ? server.capabilities : null;
  const logged = targetMessages(exchange).filter((one) => methodOf(one) === 'notifications/message');
  if (!capabilities || !logged.length) return [];
  const undeclared = declares(capabilities, 'logging')
    ? []
    : logged.map(({ path, message }) => ({
        message: 'the server logs without declaring the logging capability',
        path,
        actual: message.value,
      }));
  return judged(LOGGING, exchange, undeclared.slice(0, 1), true);
}

function methodOf({ message: { value } }: TargetMessage): Json | undefined {
  return isObject(value) ? value.method : undefined;
}
