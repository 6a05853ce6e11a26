/** Which session is in use, and what happens when the server loses it. */
import { fail, type Outcome, succeed } from './results.ts';
import type { Session } from './session.ts';

/** How sessions are made. */
export interface SessionMaking {
  /** Opens a session by the handshake. */
  handshake(): Promise<Outcome<Session>>;
  /** Called when a new session has taken the place of a lost one. */
  afterRenewal(session: Session): Promise<void>;
}

export class SessionKeeper {
  readonly #making: SessionMaking;
  #current: Session | undefined;
  #renewal: Promise<Outcome<Session>> | undefined;
  #retired = false;

  constructor(making: SessionMaking) {
    this.#making = making;
  }

  /** The session in use; undefined before the first handshake, after a failed one, and after the end. */
  get current(): Session | undefined {
    return this.#current;
  }

  /** Opens a session and takes it into use. */
  async open(): Promise<Outcome<Session>> {
    const opened = await this.#making.handshake();
    this.#current = opened.ok ? opened.value : undefined;
    return opened;
  }

  /**
   * Does something in the session in use. When the server has lost that session, a new one is opened and, if `again`
   * and unless the server had accepted it already, the same is done once more in it.
   *
   * Source: basic/transports#session-management, item 4.
   */
  async use<T>(act: (session: Session) => Promise<Outcome<T>>, again: boolean): Promise<Outcome<T>> {
    const session = this.#current;
    if (!session) return fail({ kind: 'not-connected' });
    const first = await act(session);
    if (first.ok || first.failure.kind !== 'session-lost') return first;
    const renewed = await this.renew(session);
    if (!renewed.ok) return renewed;
    return again && !first.failure.accepted ? act(renewed.value) : first;
  }

  /** The session that takes the place of a lost one; all who lost the same one share it. */
  async renew(lost: Session): Promise<Outcome<Session>> {
    if (!this.#current || this.#retired) return fail({ kind: 'not-connected' });
    if (this.#current !== lost) return succeed(this.#current);
    this.#renewal ??= this.#openAgain().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  /** No session is opened in the place of a lost one any more. */
  retire(): void {
    this.#retired = true;
  }

  /** Takes the session out of use. */
  release(): Session | undefined {
    const session = this.#current;
    this.#current = undefined;
    return session;
  }

  async #openAgain(): Promise<Outcome<Session>> {
    const opened = await this.open();
    if (opened.ok) await this.#making.afterRenewal(opened.value);
    return opened;
  }
}
