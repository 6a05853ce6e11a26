import type { ErrorObject } from 'ajv';
import type { Json } from '../../../spec/messages.ts';
import type { Revision } from '../../../spec/revisions.ts';
import { compileMessageSchemas, messageDefinitions } from '../../../spec/schema/index.ts';
import type { Invariant } from '../../invariants/invariant.ts';
import { judged, sameJson } from '../../invariants/outcomes.ts';
import type { Exchange } from '../../trace/exchange.ts';
import { isObject } from '../../wire/json-rpc.ts';
import { type ClientMessage, clientTraffic } from './client-traffic.ts';
import { gapsIn } from './opening.ts';

/**
 * Every request, notification and result of the client has the shape that the schema of the revision gives it. Envelopes
 * and the bare necessities of initialize are rules of their own.
 */
export const messageSchema: Invariant = {
  id: 'invariant.client.message-schema',
  title: 'every message has the members and types that the schema of the revision lays down',
  occasion: 'messages of the client',
  requires: ['jsonrpc.schema'],
  judge: (view) => {
    const { exchanges, messages, isGoverned } = clientTraffic(view);
    return messages.flatMap((said) => {
      const part = isGoverned(said.exchange) ? partOf(said, exchanges, view.revision) : null;
      if (!part) return [];
      const validate = compileMessageSchemas(view.revision)(part.definition);
      const [error] = validate(part.value) ? [] : (validate.errors ?? []);
      const path = `${part.path}${(error?.instancePath ?? '').replaceAll('/', '.')}`;
      const problem = `${part.what} does not fit ${part.definition}: ${path} ${complaint(error)}`;
      return judged('jsonrpc.schema', said.exchange, error ? [{ message: problem, path }] : [], true);
    });
  },
};

interface Part {
  readonly definition: string;
  readonly value: Json;
  readonly path: string;
  readonly what: string;
}

/** The part of a message that a definition speaks of; null where there is none, or where another rule speaks first. */
function partOf(
  { exchange, message, path }: ClientMessage,
  exchanges: readonly Exchange[],
  revision: Revision,
): Part | null {
  const { envelope, value } = message;
  const definitions = messageDefinitions(revision);
  if (envelope.kind === 'success') {
    const asked = methodAskedAs(envelope.id, exchange, exchanges);
    const definition = asked === null ? undefined : definitions.get(asked);
    if (definition?.kind !== 'request') return null;
    return {
      definition: definition.result,
      value: envelope.result,
      path: `${path}.result`,
      what: `the result of ${asked}`,
    };
  }
  if (envelope.kind !== 'request' && envelope.kind !== 'notification') return null;
  const { method, params } = envelope;
  if (method === 'initialize' && (gapsIn(params, path).length || !offers(params, revision))) return null;
  const definition = definitions.get(method);
  if (!definition || definition.from === 'server' || definition.kind !== envelope.kind) return null;
  return { definition: definition.message, value, path, what: `the ${envelope.kind} ${method}` };
}

/** Whether the params of initialize are written for a revision: those for another one may look otherwise. */
function offers(params: Json | undefined, revision: Revision): boolean {
  return isObject(params) && params.protocolVersion === revision;
}

/** The method of the harness's request under an id, as far as it was sent before. */
function methodAskedAs(id: Json, { startedAt }: Exchange, exchanges: readonly Exchange[]): string | null {
  for (const { payload } of exchanges) {
    for (const { value, at } of payload.messages) {
      if (isObject(value) && typeof value.method === 'string' && at <= startedAt && sameJson(value.id, id))
        return value.method;
    }
  }
  return null;
}

function complaint(error: ErrorObject | undefined): string {
  if (error?.keyword === 'const') return `must be ${JSON.stringify(error.params.allowedValue)}`;
  if (error?.keyword === 'enum') return `must be one of ${JSON.stringify(error.params.allowedValues)}`;
  return error?.message ?? 'is wrong';
}
