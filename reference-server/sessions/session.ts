import type { ClientFacts } from '../dispatch/context.ts';
import { InFlight } from '../dispatch/in-flight.ts';
import type { Revision } from '../revisions.ts';
import type { SseStream } from '../sse/stream.ts';

/** One client's conversation, from `initialize` to its end (2025-11-25, basic/transports, "Session Management"). */
export interface Session {
  /** The secret by which the client names it. Never logged. */
  readonly id: string;
  /** A short name for logs, worthless to whoever reads it there. */
  readonly label: string;
  /** Negotiated in `initialize`; decides every rule that differs between revisions. */
  readonly revision: Revision;
  readonly client: ClientFacts;
  readonly inFlight: InFlight;
  /** The open streams that a GET asked for. */
  readonly listeners: Set<SseStream>;
  /** Whether the client has sent `notifications/initialized`; before that the server sends no request of its own. */
  initialized: boolean;
  /** Milliseconds since the epoch. */
  lastUsed: number;
  /** How many SSE streams it has had, from which their event ids are made. */
  streamCount: number;
}

/** A new session. */
export function createSession(
  id: string,
  label: string,
  revision: Revision,
  client: ClientFacts,
  now: number,
): Session {
  return {
    id,
    label,
    revision,
    client,
    inFlight: new InFlight(),
    listeners: new Set(),
    initialized: false,
    lastUsed: now,
    streamCount: 0,
  };
}

/** Whether a client is waiting for something right now. A busy session is not idle, however long it takes. */
export function isBusy(session: Session): boolean {
  return session.inFlight.size > 0 || session.listeners.size > 0;
}

/** A session id nobody can guess: 122 random bits, visible ASCII only ("Session Management", item 1). */
export function newSessionId(): string {
  return crypto.randomUUID();
}
