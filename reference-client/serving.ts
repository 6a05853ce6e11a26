/** The server's requests that are being served. */
import type { Json, JsonRpcMessage, RequestId } from '../spec/messages.ts';
import type { Handlers } from './answering.ts';
import type { Conduct } from './conduct.ts';
import { isRequest } from './messages.ts';
import { type Session, traitsInForce } from './session.ts';

/** Sends a response in the session whose server asked. */
export type Respond = (message: JsonRpcMessage, session: Session) => Promise<unknown>;

export class Serving {
  readonly #conduct: Conduct;
  readonly #handlers: Handlers;
  readonly #respond: Respond;
  readonly #byId = new Map<RequestId, AbortController>();

  constructor(conduct: Conduct, handlers: Handlers, respond: Respond) {
    this.#conduct = conduct;
    this.#handlers = handlers;
    this.#respond = respond;
  }

  /** Gives a message from the server the answer it is due, if any; a cancelled request gets none. */
  async serve(message: JsonRpcMessage, session: Session): Promise<void> {
    const cancel = new AbortController();
    if (isRequest(message)) this.#byId.set(message.id, cancel);
    const response = await this.#conduct.reply(message, this.#handlers, traitsInForce(session), cancel.signal);
    if (isRequest(message)) this.#byId.delete(message.id);
    if (response && !cancel.signal.aborted) await this.#respond(response, session);
  }

  /**
   * Cancels a request of the server's; an id that is not being served is ignored.
   *
   * Source: basic/utilities/cancellation#behavior-requirements, #error-handling.
   */
  cancel(id: Json | undefined): void {
    if (typeof id === 'string' || typeof id === 'number') this.#byId.get(id)?.abort();
  }

  cancelAll(): void {
    for (const cancel of this.#byId.values()) cancel.abort();
  }
}
