import type { JsonObject, JsonRpcNotification, JsonRpcRequest } from '../../spec/messages.ts';
import type { Audience } from '../audience/audience.ts';
import type { Ask } from '../client/ask.ts';
import type { Tell } from '../client/tell.ts';
import type { Log } from '../log.ts';
import type { Revision } from '../revisions.ts';
import type { Session } from '../sessions/session.ts';
import type { TaskStore } from '../tasks/store.ts';

/** What a client says of itself: once per session in the stateful revisions, with each request in the stateless ones. */
export interface ClientFacts {
  name: string;
  version: string;
  capabilities: JsonObject;
}

/**
 * Tells the client how far its request has come. Does nothing when the client gave no progress token, when the answer
 * cannot carry it, when the value does not increase, or when the request is over.
 *
 * @param progress how much is done, in the unit of `total`
 * @param total how much there is, if known
 * @param message a sentence for people
 */
export type ReportProgress = (progress: number, total?: number, message?: string) => void;

/** What the handler of one request may know and do; the same on every transport and in every revision. */
export interface RequestContext {
  revision: Revision;
  client: ClientFacts;
  /** The session the request belongs to; undefined in the stateless revisions, which have none. */
  session: Session | undefined;
  /** Aborts when nobody wants the answer any more: stop working and throw. */
  signal: AbortSignal;
  progress: ReportProgress;
  /** Sends the client a log message, if it wants messages of that level. */
  tell: Tell;
  /** Asks the client for something that only it or its user can give. */
  ask: Ask;
  /** Those who see the same lists and hear of the same changes as this client. */
  audience: Audience;
  /** The tasks that this client can see. */
  tasks: TaskStore;
  /** Closes the connection but not the stream: the client comes back for the rest. Does nothing where that is not possible. */
  leave: (retryMs: number) => void;
  /** Writes to the server's own log. */
  log: Log;
}

/** Answers one method: takes the params (`{}` when there were none), gives the result, throws `ProtocolError`. */
export type Handler = (params: JsonObject, context: RequestContext) => JsonObject | Promise<JsonObject>;

/** What a server sends of its own accord. */
export type ServerMessage = JsonRpcNotification | JsonRpcRequest;

/** The way back to the client that one request came with. */
export interface Outlet {
  /** Whether messages can be sent before the response. */
  readonly canSend: boolean;
  /** Whether all requests of a client share one channel, as on stdio, so that its closing says nothing of any of them. */
  readonly shared?: boolean;
  send(message: ServerMessage): void;
  /** Closes the connection under the stream, telling the client when to come back, in milliseconds. */
  leave?(retryMs: number): void;
}
