/** The client's end of the connection: what goes out in which session, and where what comes in belongs. */
import type { JsonObject, JsonRpcMessage } from '../spec/messages.ts';
import type { Handlers } from './answering.ts';
import type { Conduct } from './conduct.ts';
import { isResponse } from './messages.ts';
import { Requesting, type RequestOptions } from './requesting.ts';
import { done, type Failure, fail, type Outcome } from './results.ts';
import { isSupported, type Revision, type SupportedRevisions, traitsOf } from './revisions.ts';
import { Serving } from './serving.ts';
import type { Session } from './session.ts';
import { SessionKeeper } from './session-keeper.ts';
import type { Receiver, Transport } from './transport.ts';
import { within } from './waiting.ts';

/** How long each step of closing may take, in milliseconds. */
const PATIENCE_MS = 2000;

/** A server that loses its session by the listening stream again and again is not followed for ever. */
const MAX_RELISTENS = 3;

/** What a link is set up with. */
export interface LinkOptions {
  conduct: Conduct;
  handlers: Handlers;
  clientInfo: JsonObject;
  /** The revision to propose; the newest supported one when undefined. */
  revision: Revision | undefined;
  supported: SupportedRevisions;
  /** The time limit of requests that name none, in milliseconds. */
  timeoutMs: number;
  observer: Observer;
}

/** Sees what comes from the server. Must not throw. */
export interface Observer {
  message?(message: JsonRpcMessage): void;
  /** What came was no message; it is ignored. */
  ignored?(failure: Failure): void;
  /** The stream for messages that belong to no request ended and could not be resumed. */
  stoppedListening?(failure: Failure): void;
}

export class Link implements Receiver {
  readonly conduct: Conduct;
  readonly #options: LinkOptions;
  readonly #transport: Transport;
  readonly #requesting: Requesting;
  readonly #serving: Serving;
  readonly #sessions = new SessionKeeper({
    handshake: () => this.#handshake(),
    afterRenewal: (session) => this.#listenAgain(session),
  });
  /** What goes on without anyone waiting for it. */
  readonly #background = new Set<Promise<unknown>>();
  #listens = false;
  #relistens = 0;

  constructor(options: LinkOptions, newTransport: (receiver: Receiver) => Transport) {
    const { conduct, handlers, timeoutMs } = options;
    this.conduct = conduct;
    this.#options = options;
    this.#transport = newTransport(this);
    this.#serving = new Serving(conduct, handlers, (message, session) => this.#tell(message, session));
    this.#requesting = new Requesting({
      conduct,
      transport: this.#transport,
      timeoutMs,
      tell: (message, session) => this.#inBackground(this.#tell(message, session)),
    });
  }

  /** The session in use, if any. */
  get session(): Session | undefined {
    return this.#sessions.current;
  }

  /** Opens a session and takes it into use. */
  open(): Promise<Outcome<Session>> {
    return this.#sessions.open();
  }

  /**
   * Sends a request in the session in use.
   *
   * @param resend whether it may be sent once more in a new session, when the server has lost this one
   */
  request(
    method: string,
    params: JsonObject | undefined,
    { resend = true, ...options }: RequestOptions & { resend?: boolean },
  ): Promise<Outcome<JsonObject>> {
    return this.#sessions.use((session) => this.#requesting.send(session, method, params, options), resend);
  }

  /** Opens the stream for messages that belong to no request. */
  async listen(): Promise<Outcome<'listening' | 'not-offered'>> {
    const opened = await this.#sessions.use((session) => this.#transport.listen(session), true);
    this.#listens = opened.ok && opened.value === 'listening';
    return opened;
  }

  /** Ends the session and cuts the connections, whatever the server says to it. */
  async close(): Promise<Outcome<void>> {
    this.#sessions.retire();
    this.#serving.cancelAll();
    this.#requesting.failAll({ kind: 'connection', reason: 'the client was closed' });
    await within(PATIENCE_MS, Promise.allSettled(this.#background), undefined);
    const session = this.#sessions.release();
    const ended = session ? await this.#farewell(session) : done;
    await this.#transport.close();
    return ended;
  }

  receive(message: JsonRpcMessage, session: Session): void {
    this.#options.observer.message?.(message);
    if (isResponse(message)) this.#requesting.answered(message);
    else if (message.method === 'notifications/progress') this.#requesting.progressed(message.params ?? {});
    else if (message.method === 'notifications/cancelled') this.#serving.cancel(message.params?.requestId);
    this.#inBackground(this.#serving.serve(message, session));
  }

  ignored(failure: Failure): void {
    this.#options.observer.ignored?.(failure);
  }

  stoppedListening(failure: Failure, session: Session): void {
    if (failure.kind === 'session-lost') this.#inBackground(this.#sessions.renew(session));
    else this.#options.observer.stoppedListening?.(failure);
  }

  #handshake(): Promise<Outcome<Session>> {
    const { conduct, handlers, clientInfo, revision, supported } = this.#options;
    const proposal = conduct.proposedRevision(revision, supported);
    return conduct.handshake({
      proposal,
      capabilities: conduct.declaredCapabilities(handlers, isSupported(proposal) ? traitsOf(proposal) : undefined),
      clientInfo,
      supported,
      acceptsRevision: conduct.acceptsRevision,
      call: (session, method, params) => this.#requesting.send(session, method, params, {}),
      post: (session, message) => this.#transport.send({ message, session, isAwaited: () => false }),
      end: (session) => this.#farewell(session),
    });
  }

  async #listenAgain(session: Session): Promise<void> {
    if (!this.#listens) return;
    this.#relistens += 1;
    const mayListen = this.#relistens <= MAX_RELISTENS;
    const opened = mayListen ? await this.#transport.listen(session) : fail({ kind: 'session-lost', accepted: false });
    this.#listens = opened.ok && opened.value === 'listening';
    if (!opened.ok) this.#options.observer.stoppedListening?.(opened.failure);
  }

  /** Sends a message that gets no response. */
  async #tell(message: JsonRpcMessage, session: Session): Promise<void> {
    const sent = await this.#transport.send({ message, session, isAwaited: () => false });
    if (!sent.ok && sent.failure.kind === 'session-lost') await this.#sessions.renew(session);
  }

  #farewell(session: Session): Promise<Outcome<void>> {
    const late = fail({ kind: 'timeout', method: 'the end of the session', afterMs: PATIENCE_MS });
    return within(PATIENCE_MS, this.conduct.farewell(this.#transport, session), late);
  }

  #inBackground(work: Promise<unknown>): void {
    this.#background.add(work);
    void work.finally(() => this.#background.delete(work));
  }
}
