import { changeNotification } from '../audience/audience.ts';
import type { ClientFacts } from '../dispatch/context.ts';
import type { StopReason } from '../dispatch/in-flight.ts';
import type { Log } from '../log.ts';
import type { Revision } from '../revisions.ts';
import { statusNotification } from '../tasks/describe.ts';
import {
  type ChangeSteps,
  concerns,
  createSession,
  isBusy,
  newSessionId,
  releaseSession,
  type Session,
} from './session.ts';

/** What bounds a store, and the outside world it sees. */
export interface SessionLimits {
  /** Milliseconds a session may be idle. */
  sessionTtlMs: number;
  maxSessions: number;
  log: Log;
  newId?: () => string;
  /** What a session's client is told of a change by. */
  changes?: ChangeSteps;
  /** The time in milliseconds since the epoch. */
  now?: () => number;
}

/** The live sessions. One that has ended is forgotten, so its id is as unknown as one never given out. */
export class SessionStore {
  // In the order of their last use: the first is the one unused for longest.
  readonly #sessions = new Map<string, Session>();
  readonly #limits: Required<SessionLimits>;
  #created = 0;

  constructor(limits: SessionLimits) {
    this.#limits = {
      newId: newSessionId,
      changes: { changeNotification, statusNotification, concerns },
      now: Date.now,
      ...limits,
    };
  }

  get size(): number {
    return this.#sessions.size;
  }

  /** Opens a session; undefined when there is room for none, because every one that is open is busy. */
  open(revision: Revision, client: ClientFacts): Session | undefined {
    this.sweep();
    if (this.#sessions.size >= this.#limits.maxSessions) {
      // A client whose session was idle can start anew on its 404; turning newcomers away would lock all of them out.
      const idlest = [...this.#sessions.values()].find((session) => !isBusy(session));
      if (idlest === undefined) return undefined;
      this.end(idlest, 'evicted');
    }
    this.#created += 1;
    const { newId, now, changes } = this.#limits;
    const session = createSession(newId(), `s${this.#created}`, revision, client, now(), changes);
    this.#sessions.set(session.id, session);
    this.#limits.log({ event: 'session-opened', session: session.label, revision });
    return session;
  }

  /** The live session with this id, now used; undefined if there is none. */
  find(id: string): Session | undefined {
    const session = this.#sessions.get(id);
    if (session === undefined) return undefined;
    if (this.#isExpired(session)) {
      this.end(session, 'expired');
      return undefined;
    }
    this.touch(session);
    return session;
  }

  /** Marks a session as used now. */
  touch(session: Session): void {
    if (!this.#sessions.delete(session.id)) return;
    session.lastUsed = this.#limits.now();
    this.#sessions.set(session.id, session);
  }

  /** Ends a session with all that hangs on it: its requests in flight and its streams. */
  end(session: Session, why: string, reason: StopReason = 'session-ended'): void {
    if (!this.#sessions.delete(session.id)) return;
    session.inFlight.stopAll(reason);
    releaseSession(session);
    this.#limits.log({ event: 'session-ended', session: session.label, why });
  }

  /** Ends the sessions that have been idle for too long. */
  sweep(): void {
    for (const session of [...this.#sessions.values()]) {
      if (this.#isExpired(session)) this.end(session, 'expired');
    }
  }

  endAll(): void {
    for (const session of [...this.#sessions.values()]) this.end(session, 'shutdown', 'shutdown');
  }

  #isExpired(session: Session): boolean {
    return !isBusy(session) && this.#limits.now() - session.lastUsed > this.#limits.sessionTtlMs;
  }
}
