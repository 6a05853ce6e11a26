import type { Json } from '../../spec/messages.ts';
import type { Outcome } from '../judge/outcome.ts';
import type { Exchange } from '../trace/exchange.ts';
import { isObject } from '../wire/json-rpc.ts';
import { callsIn, conversationOf } from './conversation.ts';
import type { Invariant, TraceView } from './invariant.ts';
import { speaksRevision } from './negotiated.ts';
import { type Breach, condensed, judged, sameJson, show } from './outcomes.ts';
import { isStream, type TargetMessage, targetMessages } from './target-messages.ts';

const REQUIRES = [
  'jsonrpc.no-server-requests',
  'sse.no-server-requests',
  'mrtr.required-pattern',
  'cancel.server-only-for-subscriptions',
  'log.no-unrequested',
  'jsonrpc.code.retired',
  'jsonrpc.code.reserved-only-defined',
  'jsonrpc.code.defined-meaning',
  'jsonrpc.code.legacy-range-avoid',
  'stdio.server-no-requests',
  'jsonrpc.code.app-range',
] as const;
const [NO_REQUESTS, NO_STREAMED, IN_RESULTS, CANCELLED, LOG, RETIRED, RESERVED, MEANING, LEGACY, NO_WRITTEN, OWN] =
  REQUIRES;

/** Requests that earlier revisions let a server send. */
const QUESTIONS = new Set<Json | undefined>(['elicitation/create', 'sampling/createMessage', 'roots/list']);

/** The codes of JSON-RPC 2.0, section 5.1. */
const STANDARD: ReadonlySet<number> = new Set([-32700, -32600, -32601, -32602, -32603]);

/** What a server of the stateless era may say beside its results. */
export const statelessMessages: Invariant = {
  id: 'invariant.stateless.messages',
  title: 'the server sends no requests, no log messages unasked, and only error codes that it may',
  occasion: 'a message of the server',
  requires: REQUIRES,
  judge: (view) =>
    view.facts.era !== 'stateless'
      ? []
      : condensed(
          conversationOf(view)
            .exchanges.filter((exchange) => exchange.method !== 'GET' && speaksRevision(view, exchange))
            .filter((exchange) => callsIn(exchange).length > 0)
            .flatMap((exchange) => [...judgeMessages(exchange, view), ...judgeErrors(exchange)]),
        ),
};

function judgeMessages(exchange: Exchange, view: TraceView): Outcome[] {
  const said = targetMessages(exchange);
  if (!said.length) return [];
  const requests = said.filter(
    ({ message: { value } }) => isObject(value) && typeof value.method === 'string' && value.id !== undefined,
  );
  const questions = requests.filter((one) => QUESTIONS.has(methodOf(one)));
  const sent = (one: TargetMessage): Breach => ({
    message: `the server sent the request ${show(methodOf(one))}`,
    path: one.path,
    actual: one.message.value,
  });
  const cancelled = said.filter((one) => methodOf(one) === 'notifications/cancelled');
  const logged = said.filter((one) => methodOf(one) === 'notifications/message');
  const streamed = isStream(exchange) && view.trace.header.transport === 'streamable-http';
  const written = view.trace.header.transport === 'stdio';
  return [
    ...judged(NO_REQUESTS, exchange, requests.map(sent), true),
    ...judged(NO_STREAMED, exchange, streamed ? requests.map(sent) : [], streamed),
    ...judged(NO_WRITTEN, exchange, written ? requests.map(sent) : [], written),
    ...judged(IN_RESULTS, exchange, questions.map(sent), true),
    ...judged(
      CANCELLED,
      exchange,
      cancelled.filter((one) => !cancelsSubscription(one, view)).map(cancelBreach),
      cancelled.length > 0,
    ),
    // on the stream of a subscription they are wrong for another reason
    ...(isSubscription(exchange)
      ? []
      : judged(LOG, exchange, wantsLog(exchange) ? [] : logged.map(logBreach), !wantsLog(exchange))),
  ];
}

function methodOf({ message: { value } }: TargetMessage): Json | undefined {
  return isObject(value) ? value.method : undefined;
}

function cancelsSubscription({ message: { value } }: TargetMessage, view: TraceView): boolean {
  const id = isObject(value) && isObject(value.params) ? value.params.requestId : undefined;
  return conversationOf(view).sessions.some(({ calls }) =>
    calls.some((call) => call.method === 'subscriptions/listen' && sameJson(call.id, id)),
  );
}

function cancelBreach({ path, message }: TargetMessage): Breach {
  return { message: 'the server cancelled something that is no subscription', path, actual: message.value };
}

function logBreach({ path, message }: TargetMessage): Breach {
  return { message: 'a log message came for a request that asked for none', path, actual: message.value };
}

function isSubscription(exchange: Exchange): boolean {
  return exchange.response !== null && callsIn(exchange).some(({ method }) => method === 'subscriptions/listen');
}

/** Whether a request asks for log messages; over stdio another one may have. */
function wantsLog(exchange: Exchange): boolean {
  return (
    exchange.response === null ||
    callsIn(exchange).some(({ params }) => {
      const meta = isObject(params) && isObject(params._meta) ? params._meta : {};
      return meta['io.modelcontextprotocol/logLevel'] !== undefined;
    })
  );
}

function judgeErrors(exchange: Exchange): Outcome[] {
  const errors = targetMessages(exchange).flatMap(({ message: { value }, path }) =>
    isObject(value) && isObject(value.error) && typeof value.error.code === 'number'
      ? [{ code: value.error.code, path: `${path}.error.code` }]
      : [],
  );
  const breaches = (test: (code: number) => boolean, why: string, atMost?: 'warn'): Breach[] =>
    errors
      .filter(({ code }) => test(code))
      .map(({ code, path }) => ({
        message: `the error code ${code} ${why}`,
        path,
        actual: code,
        ...(atMost ? { atMost } : {}),
      }));
  const seen = errors.length > 0;
  const defined = (code: number) => code <= -32020 && code >= -32022;
  return [
    ...judged(
      RETIRED,
      exchange,
      breaches((code) => code === -32002 || code === -32042, 'is retired'),
      seen,
    ),
    ...judged(
      RESERVED,
      exchange,
      breaches(
        (code) => code <= -32020 && code >= -32099 && !defined(code) && code !== -32042,
        'is reserved and not defined',
      ),
      seen,
    ),
    // the exchange names the revision that the server speaks
    ...judged(
      MEANING,
      exchange,
      breaches((code) => code === -32022, 'says that the revision is not supported, which it is', 'warn'),
      errors.some(({ code }) => defined(code)),
    ),
    ...judged(
      LEGACY,
      exchange,
      breaches((code) => code <= -32000 && code >= -32019 && code !== -32002, 'is left to earlier implementations'),
      seen,
    ),
    ...judged(
      OWN,
      exchange,
      breaches((code) => code < -32099 && code >= -32768 && !STANDARD.has(code), 'is left to JSON-RPC'),
      seen,
    ),
  ];
}
