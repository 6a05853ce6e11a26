import type { ErrorObject } from 'ajv';
import type { Json } from '../../spec/messages.ts';
import { compileMessageSchemas, messageDefinitions } from '../../spec/schema/index.ts';
import type { Outcome } from '../judge/outcome.ts';
import type { Exchange, ReceivedMessage } from '../trace/exchange.ts';
import { isObject } from '../wire/json-rpc.ts';
import type { Invariant, TraceView } from './invariant.ts';
import { speaksRevision } from './negotiated.ts';
import { isAccepted } from './target-messages.ts';

const REQUIREMENT = 'jsonrpc.schema';

/**
 * Every result, request and notification of the target has the shape that the schema of the revision gives it. The
 * envelopes are left to the invariants on JSON-RPC, so that a broken envelope is not blamed twice.
 */
export const messageSchema: Invariant = {
  id: 'invariant.message-schema',
  title: 'every message has the members and types that the schema of the revision lays down',
  occasion: 'a message of the server',
  requires: [REQUIREMENT],
  judge: (view) => view.exchanges.flatMap((exchange) => judgeExchange(exchange, view)),
};

function judgeExchange(exchange: Exchange, view: TraceView): Outcome[] {
  if (!isAccepted(exchange) || !speaksRevision(view, exchange)) return [];
  const outcomes = exchange.payload.messages.flatMap((message) => judgeMessage(message, exchange, view) ?? []);
  const broken = outcomes.filter((outcome) => outcome.kind === 'broken');
  return broken.length ? broken : outcomes.slice(0, 1);
}

function judgeMessage(message: ReceivedMessage, exchange: Exchange, view: TraceView): Outcome | null {
  const found = definitionOf(message, exchange, view);
  if (!found) return null;
  const evidence = { exchange: exchange.id };
  const validate = compileMessageSchemas(view.revision)(found.definition);
  if (validate(found.value)) return { requirement: REQUIREMENT, kind: 'kept', evidence };
  const [error] = validate.errors ?? [];
  const place = `${found.part}${(error?.instancePath ?? '').replaceAll('/', '.')}`;
  return {
    requirement: REQUIREMENT,
    kind: 'broken',
    message: `${found.what} does not fit ${found.definition}: ${place} ${complaint(error)}`,
    evidence: { ...evidence, path: place },
  };
}

/** The definition that a message of the target has to fit, and the part of it that is held against it. */
function definitionOf(
  { envelope, value }: ReceivedMessage,
  exchange: Exchange,
  { revision, facts }: TraceView,
): { definition: string; value: Json; part: string; what: string } | null {
  const definitions = messageDefinitions(revision);
  switch (envelope.kind) {
    case 'success': {
      const asked = exchange.sent.find((sent) => sent.envelope.kind === 'request' && sent.envelope.id === envelope.id);
      if (asked?.envelope.kind !== 'request') return null;
      const definition = definitions.get(asked.envelope.method);
      if (definition?.kind !== 'request') return null;
      if (facts.era === 'stateless' && isOfUnknownType(envelope.result)) return null;
      const wantsTask = isObject(asked.envelope.params) && asked.envelope.params.task !== undefined;
      // a server without tasks answers as if none were wanted
      const augmented = wantsTask && isObject(envelope.result) && envelope.result.task !== undefined;
      const ordinary = augmented ? (definition.resultWhenTask ?? definition.result) : definition.result;
      const wanted = isQuestion(envelope.result) ? (definition.resultWhenInputRequired ?? ordinary) : ordinary;
      return {
        definition: wanted,
        value: envelope.result,
        part: 'result',
        what: `the result of ${asked.envelope.method}`,
      };
    }
    case 'request':
    case 'notification': {
      const definition = definitions.get(envelope.method);
      if (!definition || definition.from === 'client' || definition.kind !== envelope.kind) return null;
      return {
        definition: definition.message,
        value,
        part: 'message',
        what: `the ${envelope.kind} ${envelope.method}`,
      };
    }
    default:
      return null;
  }
}

/** Whether a result is a question to the client, in place of what was asked for (2026-07-28, basic/patterns/mrtr). */
function isQuestion(result: Json): boolean {
  return isObject(result) && result.resultType === 'input_required';
}

/** Whether a result says that it is none of the core protocol's: what it has to hold, only an extension could say. */
function isOfUnknownType(result: Json): boolean {
  if (!isObject(result) || typeof result.resultType !== 'string') return false;
  return !['complete', 'input_required'].includes(result.resultType);
}

function complaint(error: ErrorObject | undefined): string {
  if (!error) return 'is wrong';
  if (error.keyword === 'const') return `must be ${JSON.stringify(error.params.allowedValue)}`;
  if (error.keyword === 'enum') return `must be one of ${JSON.stringify(error.params.allowedValues)}`;
  return error.message ?? 'is wrong';
}
