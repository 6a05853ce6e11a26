import type { Json, JsonObject } from '../../spec/messages.ts';
import type { Outcome } from '../judge/outcome.ts';
import type { Exchange } from '../trace/exchange.ts';
import { isObject } from '../wire/json-rpc.ts';
import { capabilitiesIn } from './asked.ts';
import { type Call, conversationOf, resultOf } from './conversation.ts';
import type { Invariant, TraceView } from './invariant.ts';
import { speaksRevision } from './negotiated.ts';
import { type Breach, condensed, judged, show } from './outcomes.ts';
import { isAccepted } from './target-messages.ts';

const REQUIRES = [
  'jsonrpc.result.result-type',
  'jsonrpc.result-type.allowed-set',
  'cache.hints-present',
  'cache.ttl-nonnegative',
  'meta.server-info',
  'mrtr.only-supported-requests',
  'mrtr.at-least-one',
  'mrtr.value-types',
  'mrtr.only-declared',
  'version.ext.fallback',
] as const;
const [
  RESULT_TYPE,
  ALLOWED,
  HINTS,
  TTL,
  SERVER_INFO,
  MRTR_METHODS,
  MRTR_CONTENT,
  MRTR_VALUES,
  MRTR_DECLARED,
  FALLBACK,
] = REQUIRES;

/** Results that carry caching hints (2026-07-28, server/utilities/caching). */
const CACHEABLE = new Set([
  'server/discover',
  'resources/read',
  'tools/list',
  'prompts/list',
  'resources/list',
  'resources/templates/list',
]);
/** Requests that may be answered with a question (2026-07-28, basic/patterns/mrtr). */
const MAY_ASK = new Set(['tools/call', 'prompts/get', 'resources/read']);
/** What may be asked, and the capability of the client's that it needs. */
const QUESTIONS: ReadonlyMap<Json | undefined, string> = new Map([
  ['elicitation/create', 'elicitation'],
  ['sampling/createMessage', 'sampling'],
  ['roots/list', 'roots'],
]);

/** What every result of the stateless era says of itself, how long it stays fresh, and what it may ask. */
export const statelessResults: Invariant = {
  id: 'invariant.stateless.results',
  title: 'a result says of what type it is, who gives it and how long it is fresh, and asks only what it may',
  occasion: 'a result',
  requires: REQUIRES,
  judge: (view) =>
    view.facts.era !== 'stateless'
      ? []
      : conversationOf(view).sessions.flatMap(({ calls }) => condensed(calls.flatMap((call) => judgeCall(call, view)))),
};

function judgeCall(call: Call, view: TraceView): Outcome[] {
  const { exchange, method } = call;
  const result = resultOf(call);
  if (!isObject(result) || !isAccepted(exchange) || !speaksRevision(view, exchange)) return [];
  const at = (requirement: string, breaches: readonly Breach[], occasion = true) =>
    judged(requirement, exchange, breaches, occasion);
  const { resultType } = result;
  return [
    ...at(
      RESULT_TYPE,
      typeof resultType === 'string' ? [] : [breach('the result has no resultType', 'resultType', resultType)],
    ),
    ...at(ALLOWED, unknownType(result, view), typeof resultType === 'string'),
    ...at(FALLBACK, foreignType(result, call, view), false),
    ...at(SERVER_INFO, anonymous(result)),
    ...(CACHEABLE.has(method) && resultType !== 'input_required' ? hints(result, exchange) : []),
    ...(resultType === 'input_required' ? question(call, result, exchange) : []),
  ];
}

/** Extensions may add types; which, only they can say. */
function unknownType({ resultType }: JsonObject, view: TraceView): Breach[] {
  if (isOfCore(resultType) || typeof resultType !== 'string' || hasExtensions(declaredBy(view))) return [];
  return [
    breach(
      `the resultType ${show(resultType)} is none of the core protocol, and no extension is declared`,
      'resultType',
      resultType,
    ),
  ];
}

/** A client that knows no extension gets what the core protocol has (2026-07-28, basic/versioning, "Extension Negotiation"). */
function foreignType({ resultType }: JsonObject, { params }: Call, view: TraceView): Breach[] {
  const client = capabilitiesIn(params);
  const isForeign = typeof resultType === 'string' && !isOfCore(resultType) && hasExtensions(declaredBy(view));
  if (!isForeign || !client || hasExtensions(client)) return [];
  const message = `the resultType ${show(resultType)} belongs to an extension that the client does not know`;
  return [breach(message, 'resultType', resultType)];
}

function isOfCore(resultType: Json | undefined): boolean {
  return resultType === 'complete' || resultType === 'input_required';
}

/** What the server declares, as far as it is known. */
function declaredBy({ trace }: TraceView): JsonObject {
  const { server } = trace.header.variables;
  return isObject(server) && isObject(server.capabilities) ? server.capabilities : {};
}

function hasExtensions({ extensions }: JsonObject): boolean {
  return isObject(extensions) && Object.keys(extensions).length > 0;
}

function anonymous({ _meta: meta }: JsonObject): Breach[] {
  const info = isObject(meta) ? meta['io.modelcontextprotocol/serverInfo'] : undefined;
  return isObject(info) ? [] : [breach('the result does not say which server gave it', '_meta', meta)];
}

function hints({ ttlMs, cacheScope }: JsonObject, exchange: Exchange): Outcome[] {
  const missing = [
    ...(ttlMs === undefined ? [breach('the result has no ttlMs', 'ttlMs', undefined)] : []),
    ...(cacheScope === undefined ? [breach('the result has no cacheScope', 'cacheScope', undefined)] : []),
  ];
  const negative = typeof ttlMs === 'number' && ttlMs < 0 ? [breach(`the ttlMs is ${ttlMs}`, 'ttlMs', ttlMs)] : [];
  return [...judged(HINTS, exchange, missing, true), ...judged(TTL, exchange, negative, typeof ttlMs === 'number')];
}

function question({ method, params }: Call, result: JsonObject, exchange: Exchange): Outcome[] {
  const { inputRequests, requestState } = result;
  const asked = isObject(inputRequests) ? Object.entries(inputRequests) : [];
  const wrong = MAY_ASK.has(method)
    ? []
    : [breach(`${method} may not be answered with a question`, 'resultType', 'input_required')];
  const nothing =
    inputRequests === undefined && requestState === undefined
      ? [breach('the result asks nothing and has no requestState', '', result)]
      : [];
  const odd = asked.flatMap(([key, value]) =>
    isObject(value) && QUESTIONS.has(value.method)
      ? []
      : [breach(`${show(key)} is no question that there is`, `inputRequests.${key}`, value)],
  );
  const declared = capabilitiesIn(params);
  const undeclared = asked.flatMap(([key, value]) => {
    const need = isObject(value) ? QUESTIONS.get(value.method) : undefined;
    return need === undefined || !declared || isObject(declared[need])
      ? []
      : [breach(`it asks for what the client did not declare: ${need}`, `inputRequests.${key}.method`, need)];
  });
  return [
    ...judged(MRTR_METHODS, exchange, wrong, true),
    ...judged(MRTR_CONTENT, exchange, nothing, true),
    ...judged(MRTR_VALUES, exchange, odd, asked.length > 0),
    ...judged(MRTR_DECLARED, exchange, undeclared, asked.length > 0),
  ];
}

function breach(message: string, place: string, actual: Json | undefined): Breach {
  return { message, path: place ? `result.${place}` : 'result', actual };
}
