import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JsonObject, RequestId } from '../../spec/messages.ts';
import type { InFlight } from '../dispatch/in-flight.ts';
import type { LegacySse } from '../legacy-sse/connections.ts';
import type { Log } from '../log.ts';
import type { Settings } from '../options.ts';
import type { StatefulProtocol } from '../protocol.ts';
import type { SessionStore } from '../sessions/store.ts';
import type { StatelessProtocol } from '../stateless/protocol.ts';
import type { Steps } from '../steps.ts';
import type { RequestHead } from './head.ts';
import { type HttpReply, jsonReply, type Refusal } from './reply.ts';
import type { SessionLookup } from './session.ts';

/** What all requests share. */
export interface Runtime {
  settings: Settings;
  steps: Steps;
  sessions: SessionStore;
  /** Undefined when no revision with a handshake is spoken. */
  protocol: StatefulProtocol | undefined;
  /** Undefined when no revision without one is spoken. */
  stateless: StatelessProtocol | undefined;
  /** The requests of the stateless revisions, under keys of the server's own. */
  inFlight: InFlight;
  nextKey: () => number;
  /** The input schema of a tool; undefined for a name that no tool has. */
  inputSchemaOf: (tool: string) => JsonObject | undefined;
  /** Undefined when the older transport is not spoken. */
  legacySse: LegacySse | undefined;
  legacyProtocol: StatefulProtocol | undefined;
  log: Log;
}

/** One HTTP request. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly head: RequestHead;
}

/** What one HTTP method does with a request: gives the whole reply, or `streaming` when it has turned it into a stream. */
export type Outcome = HttpReply | 'streaming';

/** The session in which a request may proceed, or why it may not. For all requests but the `initialize` that opens one. */
export function admit(head: RequestHead, { settings, steps: { http }, sessions }: Runtime): SessionLookup {
  const found = http.findSession(head, sessions);
  if (found.kind === 'refusal') return found;
  return http.checkProtocolVersion(head, settings) ?? found;
}

/** The reply that turns a request away, with the id of the JSON-RPC request in it if there is one. */
export function refusalReply(refusal: Refusal, { steps: { http, envelope } }: Runtime, id?: RequestId): HttpReply {
  return jsonReply(refusal.status, envelope.encode(http.refusalMessage(refusal, id)), refusal.headers);
}
