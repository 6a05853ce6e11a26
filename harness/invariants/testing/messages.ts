import type { Json, JsonObject } from '../../../spec/messages.ts';
import type { Revision } from '../../../spec/revisions.ts';
import type { WrittenExchange } from './trace-builder.ts';

/** A request. */
export function request(id: Json, method: string, params?: JsonObject): JsonObject {
  return { jsonrpc: '2.0', id, method, ...(params ? { params } : {}) };
}

/** A notification. */
export function notification(method: string, params?: JsonObject): JsonObject {
  return { jsonrpc: '2.0', method, ...(params ? { params } : {}) };
}

/** A successful response. */
export function result(id: Json, value: Json = {}): JsonObject {
  return { jsonrpc: '2.0', id, result: value };
}

/** An error response; without an id when none is given. */
export function failure(id: Json | undefined, code: Json = -32600): JsonObject {
  return { jsonrpc: '2.0', ...(id === undefined ? {} : { id }), error: { code, message: 'No' } };
}

/** What may differ in the opening of a session. */
export interface Opening {
  readonly revision: Revision;
  readonly session?: string;
  readonly client?: string;
  /** What the client declares. */
  readonly declares?: JsonObject;
  /** What the server declares. */
  readonly offers?: JsonObject;
  /** The version that the server answers with, if not the one asked for. */
  readonly negotiates?: string;
}

/** The exchange that opens a session. */
export function opened({
  revision,
  session,
  client = 'a',
  declares = {},
  offers = {},
  negotiates,
}: Opening): WrittenExchange {
  return {
    client,
    sent: request('open', 'initialize', {
      protocolVersion: revision,
      capabilities: declares,
      clientInfo: { name: 'test', version: '0' },
    }),
    ...(session === undefined ? {} : { issues: session }),
    json: result('open', {
      protocolVersion: negotiates ?? revision,
      capabilities: offers,
      serverInfo: { name: 'tested', version: '0' },
    }),
  };
}

/** The exchange that confirms a session. */
export function confirmed({ session, client = 'a' }: Pick<Opening, 'session' | 'client'> = {}): WrittenExchange {
  return { client, ...(session === undefined ? {} : { session }), sent: notification('notifications/initialized') };
}
