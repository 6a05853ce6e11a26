import type { Json, JsonObject } from '../../spec/messages.ts';
import type { Outcome } from '../judge/outcome.ts';
import { isObject, objectsIn } from '../wire/json-rpc.ts';
import { type Call, conversationOf, resultOf, type Session } from './conversation.ts';
import type { Invariant, TraceView } from './invariant.ts';
import { declares, serverCapabilities, speaksRevision } from './negotiated.ts';
import { judged, sameJson, show } from './outcomes.ts';
import { misfit } from './schema-instances.ts';

const REQUIRES = [
  'tools.output-conforms',
  'tools.structured-text-fallback',
  'tools.embedded-needs-resources',
  'tools.embedded',
  'tools.resource-links',
] as const;
const [CONFORMS, FALLBACK, NEEDS_RESOURCES, EMBEDDED, LINKS] = REQUIRES;

/** What the results of tools hold (tools, output schema, structured content, embedded resources). */
export const toolResults: Invariant = {
  id: 'invariant.tools.results',
  title: 'structured content fits its schema and stands in a text too, and who embeds resources declares them',
  occasion: 'results of tools with structured content, or with embedded resources',
  requires: REQUIRES,
  judge: (view) =>
    conversationOf(view).sessions.flatMap((session) =>
      session.calls.flatMap((call) => {
        const result = call.method === 'tools/call' && speaksRevision(view, call.exchange) ? resultOf(call) : undefined;
        return isObject(result) && result.task === undefined ? judgeResult(call, result, session, view) : [];
      }),
    ),
};

function judgeResult(call: Call, result: JsonObject, session: Session, view: TraceView): Outcome[] {
  const { exchange } = call;
  const blocks = Array.isArray(result.content) ? result.content.filter(isObject) : [];
  const embeds = blocks.some(({ type }) => type === 'resource');
  const declared = serverCapabilities(session, exchange.startedAt);
  const message = 'the result embeds a resource, but the server does not declare the resources capability';
  const undeclared = embeds && declared && !declares(declared, 'resources');
  return [
    ...judgeStructure(call, result, session, view),
    ...fallback(call, result, blocks, view),
    ...judged(
      NEEDS_RESOURCES,
      exchange,
      undeclared ? [{ message, path: 'result.content', actual: result.content }] : [],
      embeds && declared !== null,
    ),
    ...judged(EMBEDDED, exchange, [], embeds),
    ...judged(
      LINKS,
      exchange,
      [],
      blocks.some(({ type }) => type === 'resource_link'),
    ),
  ];
}

/** A result that is an error says why there is no structured one, and one that asks for input is not the last. */
function judgeStructure(call: Call, result: JsonObject, session: Session, view: TraceView): Outcome[] {
  const schema = outputSchemaOf(call, session, view);
  if (!schema || result.isError === true || result.resultType === 'input_required') return [];
  const { structuredContent } = result;
  if (structuredContent === undefined) {
    const message = 'the tool has an outputSchema, but its result has no structuredContent';
    return judged(CONFORMS, call.exchange, [{ message, path: 'result', actual: result }], true);
  }
  // where it has to be an object, that is the message schema's to say
  const free = view.facts.era === 'stateless';
  const wrong = free || isObject(structuredContent) ? misfit(schema, structuredContent) : 'unknown';
  if (wrong === 'unknown') return [];
  const message = `structuredContent does not fit the outputSchema of the tool: ${wrong}`;
  const breach = { message, path: 'result.structuredContent', actual: structuredContent };
  return judged(CONFORMS, call.exchange, wrong === null ? [] : [breach], true);
}

/** The schema in the last list of this session before the call, else in the lists that the survey saw. */
function outputSchemaOf({ params, exchange }: Call, session: Session, { trace }: TraceView): JsonObject | null {
  const name = isObject(params) ? params.name : undefined;
  const listed = session.calls.flatMap((call) => {
    const result =
      call.method === 'tools/list' && call.exchange.startedAt <= exchange.startedAt ? resultOf(call) : undefined;
    return isObject(result) ? objectsIn(result.tools) : [];
  });
  const tool = [...objectsIn(trace.header.variables.tools), ...listed].findLast((one) => one.name === name);
  return isObject(tool?.outputSchema) ? tool.outputSchema : null;
}

function fallback(
  { exchange }: Call,
  result: JsonObject,
  blocks: readonly JsonObject[],
  { facts }: TraceView,
): Outcome[] {
  const { structuredContent } = result;
  if (structuredContent === undefined || result.isError === true) return [];
  if (facts.era !== 'stateless' && !isObject(structuredContent)) return [];
  const texts = blocks.flatMap(({ type, text }) => (type === 'text' && typeof text === 'string' ? [text] : []));
  const repeated = texts.some((text) => sameJson(sorted(parsed(text)), sorted(structuredContent)));
  const message = `no text block repeats the structured content ${show(structuredContent)} as JSON`;
  return judged(
    FALLBACK,
    exchange,
    repeated ? [] : [{ message, path: 'result.content', actual: result.content }],
    true,
  );
}

function parsed(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** A value with the members of all objects in one order, so that their order makes no difference. */
function sorted(value: Json | undefined, depth = 0): Json | undefined {
  if (depth > 100) return value;
  if (Array.isArray(value)) return value.map((item) => sorted(item, depth + 1) ?? null);
  if (!isObject(value)) return value;
  const names = Object.keys(value).sort();
  return Object.fromEntries(names.map((name) => [name, sorted(value[name], depth + 1) ?? null]));
}
