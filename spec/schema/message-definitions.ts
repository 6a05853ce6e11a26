import { IsLiteral, IsObject, IsRef, IsUnion, type TSchema } from 'typebox';
import type { Revision } from '../revisions.ts';
import { type Definitions, definitionsOf } from './layers.ts';
import { TOPICS } from './topics.ts';

/** Who may send a message. */
export type Sender = 'client' | 'server' | 'either';

/** Which definitions hold for one method. */
export type MessageDefinition =
  | {
      kind: 'request';
      from: Sender;
      /** Definition of the whole request. Up to 2025-06-18 it leaves out `jsonrpc` and `id`: judge the envelope as well. */
      message: string;
      /** Definition of the member `result` of the response. */
      result: string;
      /** Definition of `result` when the request asked to be run as a task (2025-11-25). */
      resultWhenTask?: string;
      /** Definition of `result` when its `resultType` is `input_required` (2026-07-28). */
      resultWhenInputRequired?: string;
    }
  | { kind: 'notification'; from: Sender; message: string }
  /** Not sent by itself: a member of `inputRequests` in an `InputRequiredResult`, answered in `inputResponses`. */
  | { kind: 'input-request'; from: 'server'; message: string; result: string };

/** The definitions of a revision's requests, notifications and input requests, by method. */
export function messageDefinitions(revision: Revision): ReadonlyMap<string, MessageDefinition> {
  const table = tables.get(revision) ?? tableOf(revision);
  tables.set(revision, table);
  return table;
}

const tables = new Map<Revision, ReadonlyMap<string, MessageDefinition>>();

function tableOf(revision: Revision): ReadonlyMap<string, MessageDefinition> {
  const definitions = definitionsOf(TOPICS, revision);
  const table = new Map<string, MessageDefinition>();
  const add = (
    union: string,
    sender: 'client' | 'server',
    entry: (name: string, from: Sender) => MessageDefinition,
  ) => {
    for (const name of membersOf(definitions[union])) {
      const method = methodOf(name, definitions);
      table.set(method, entry(name, table.has(method) ? 'either' : sender));
    }
  };
  const request = (name: string, from: Sender) => requestEntry(name, from, definitions);
  const notification = (message: string, from: Sender) => ({ kind: 'notification' as const, from, message });
  add('ClientRequest', 'client', request);
  add('ServerRequest', 'server', request);
  add('ClientNotification', 'client', notification);
  add('ServerNotification', 'server', notification);
  add('InputRequest', 'server', (message) => {
    return { kind: 'input-request', from: 'server', message, result: resultOf(message, definitions) };
  });
  return table;
}

/** The definitions of the JSON-RPC envelopes, named differently since 2025-11-25. */
export interface EnvelopeDefinitions {
  request: string;
  notification: string;
  /** A whole response that carries a result. */
  result: string;
  /** A whole response that carries an error. */
  error: string;
}

/** Which definitions hold for the JSON-RPC envelopes of a revision. */
export function envelopeDefinitions(revision: Revision): EnvelopeDefinitions {
  const both = { request: 'JSONRPCRequest', notification: 'JSONRPCNotification' };
  return revision < '2025-11-25'
    ? { ...both, result: 'JSONRPCResponse', error: 'JSONRPCError' }
    : { ...both, result: 'JSONRPCResultResponse', error: 'JSONRPCErrorResponse' };
}

function requestEntry(message: string, from: Sender, definitions: Definitions): MessageDefinition {
  const params = definitions[`${message}Params`];
  return {
    kind: 'request',
    from,
    message,
    result: resultOf(message, definitions),
    ...(takes('task', params, definitions) && { resultWhenTask: 'CreateTaskResult' }),
    ...(takes('inputResponses', params, definitions) && { resultWhenInputRequired: 'InputRequiredResult' }),
  };
}

function resultOf(request: string, definitions: Definitions): string {
  const own = request.replace(/Request$/, 'Result');
  return own in definitions ? own : 'EmptyResult';
}

/** The names that a union of references, or a single reference, stands for. */
function membersOf(schema: TSchema | undefined): string[] {
  if (IsRef(schema)) return [schema.$ref];
  return IsUnion(schema) ? schema.anyOf.flatMap(membersOf) : [];
}

function methodOf(message: string, definitions: Definitions): string {
  const schema = definitions[message];
  const method = IsObject(schema) ? schema.properties.method : undefined;
  if (!IsLiteral(method)) throw new TypeError(`${message} has no method`);
  return String(method.const);
}

/** Whether parameters have such a member, in one of their forms. */
function takes(member: string, params: TSchema | undefined, definitions: Definitions): boolean {
  if (IsObject(params)) return member in params.properties;
  return membersOf(params).some((name) => takes(member, definitions[name], definitions));
}
