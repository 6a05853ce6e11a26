/**
 * Every step the client decides by itself, in one place. The client asks its `Conduct` and does nothing else on its
 * own account, so that a client with one deliberate violation is this conduct with one step replaced or wrapped:
 *
 *     const noAccept = { ...conduct, headers: (o) => omit(conduct.headers(o), 'Accept') };
 */
import type { JsonObject, JsonRpcMessage, JsonRpcNotification, JsonRpcResponse, RequestId } from '../spec/messages.ts';
import { declaredCapabilities, type Handlers, reply } from './answering.ts';
import { planReconnection, type Reconnection, type StreamPosition } from './event-stream.ts';
import { isOffered, nextCursor } from './features.ts';
import { type Outgoing, protocolHeaders } from './headers.ts';
import { type AnswerForm, answerForm } from './http-answer.ts';
import { type Exchange, exchangeByUndici, type HttpAnswer } from './http-exchange.ts';
import type { InFlight } from './in-flight.ts';
import { acceptsRevision, cancellation, handshake, type Opening, proposedRevision } from './lifecycle.ts';
import { encodeMessage } from './messages.ts';
import { readMessages } from './reading.ts';
import type { Outcome } from './results.ts';
import type { Revision, RevisionTraits, SupportedRevisions } from './revisions.ts';
import { assignedSessionId, type Session, saysSessionIsLost } from './session.ts';
import { newSseDecoder, type SseDecoder } from './sse-decoder.ts';
import type { Transport } from './transport.ts';

/** The steps; each is described where it is written. */
export interface Conduct {
  // Opening and ending a session
  proposedRevision(asked: Revision | undefined, supported: SupportedRevisions): string;
  declaredCapabilities(handlers: Handlers, traits: RevisionTraits | undefined): JsonObject;
  acceptsRevision(answered: string, supported: SupportedRevisions): boolean;
  handshake(opening: Opening): Promise<Outcome<Session>>;
  farewell(transport: Transport, session: Session): Promise<Outcome<void>>;

  // Messages
  /** The id of the nth request of this client, counted from 1 over all its sessions. */
  requestId(count: number): RequestId;
  /** The progress token of the nth request. */
  progressToken(count: number): string | number;
  encode(message: JsonRpcMessage): Uint8Array;
  readMessages(text: string, batches: boolean): Outcome<JsonRpcMessage[]>;
  cancellation(inFlight: InFlight, reason: string): JsonRpcNotification | undefined;
  reply(
    message: JsonRpcMessage,
    handlers: Handlers,
    traits: RevisionTraits | undefined,
    signal: AbortSignal,
  ): Promise<JsonRpcResponse | undefined>;

  // HTTP
  exchange: Exchange;
  headers(outgoing: Outgoing): Record<string, string>;
  assignedSessionId(sent: JsonRpcMessage, answer: HttpAnswer): Outcome<string | undefined>;
  isSessionLost(status: number, session: Session): boolean;
  answerForm(contentType: string | undefined): AnswerForm;

  // Event streams
  newSseDecoder(): SseDecoder;
  planReconnection(position: StreamPosition): Reconnection | undefined;

  // Features
  isOffered(capability: string, session: Session): boolean;
  nextCursor(page: JsonObject): Outcome<string | undefined>;
}

/** The conduct the specification demands. */
export const conduct: Conduct = {
  proposedRevision,
  declaredCapabilities,
  acceptsRevision,
  handshake,
  farewell: (transport, session) => transport.endSession(session),
  requestId: (count) => count,
  progressToken: (count) => `progress-${count}`,
  encode: encodeMessage,
  readMessages,
  cancellation,
  reply,
  exchange: exchangeByUndici,
  headers: protocolHeaders,
  assignedSessionId,
  isSessionLost: saysSessionIsLost,
  answerForm,
  newSseDecoder,
  planReconnection,
  isOffered,
  nextCursor,
};
