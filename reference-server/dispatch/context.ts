import type { JsonObject, JsonRpcNotification } from '../../spec/messages.ts';
import type { Log } from '../log.ts';
import type { Revision } from '../revisions.ts';

/** What a client says of itself: once per session in the stateful revisions. */
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
  /** Aborts when nobody wants the answer any more: stop working and throw. */
  signal: AbortSignal;
  progress: ReportProgress;
  log: Log;
}

/** Answers one method: takes the params (`{}` when there were none), gives the result, throws `ProtocolError`. */
export type Handler = (params: JsonObject, context: RequestContext) => JsonObject | Promise<JsonObject>;

/** The way back to the client that one request came with. */
export interface Outlet {
  /** Whether messages can be sent before the response. */
  readonly canNotify: boolean;
  notify(message: JsonRpcNotification): void;
}
