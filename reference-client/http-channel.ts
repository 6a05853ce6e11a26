/** What all HTTP exchanges of one client share: the connections, the user's headers, the way messages are read. */
import { setMaxListeners } from 'node:events';
import { Agent } from 'undici';
import type { JsonRpcMessage } from '../spec/messages.ts';
import type { Conduct } from './conduct.ts';
import type { Outgoing } from './headers.ts';
import type { HttpAnswer } from './http-exchange.ts';
import type { Outcome } from './results.ts';
import { type Session, traitsInForce } from './session.ts';
import type { Receiver } from './transport.ts';

/** What a channel is made of. */
export interface HttpChannelOptions {
  url: URL;
  /** Headers of the user's own, for every request. */
  headers: Record<string, string>;
  conduct: Conduct;
  receiver: Receiver;
}

export class HttpChannel {
  readonly conduct: Conduct;
  readonly receiver: Receiver;
  readonly #url: URL;
  readonly #headers: Record<string, string>;
  readonly #closing = new AbortController();
  /** Streams may stay silent for long, and the client has time limits of its own. */
  readonly #dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0 });

  constructor({ url, headers, conduct, receiver }: HttpChannelOptions) {
    this.#url = url;
    this.#headers = headers;
    this.conduct = conduct;
    this.receiver = receiver;
    // Every exchange listens to this one signal; node takes more than ten listeners for a leak.
    setMaxListeners(0, this.#closing.signal);
  }

  /** Fires when the client closes. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** Sends one HTTP request; resolves when the answer's headers are there. */
  exchange(outgoing: Outgoing): Promise<Outcome<HttpAnswer>> {
    return this.conduct.exchange({
      verb: outgoing.verb,
      url: this.#url,
      headers: { ...this.#headers, ...this.conduct.headers(outgoing) },
      ...(outgoing.verb === 'POST' && { body: this.conduct.encode(outgoing.message) }),
      signal: this.#closing.signal,
      dispatcher: this.#dispatcher,
    });
  }

  /** Reads the messages in a text by the rules of the session's revision. */
  read(text: string, session: Session): Outcome<JsonRpcMessage[]> {
    const read = this.conduct.readMessages(text, traitsInForce(session)?.batches ?? false);
    if (!read.ok) this.receiver.ignored(read.failure);
    return read;
  }

  /** Hands messages to the client, in order. */
  deliver(messages: readonly JsonRpcMessage[], session: Session): void {
    for (const message of messages) this.receiver.receive(message, session);
  }

  /** Cuts all connections. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#dispatcher.destroy();
  }
}
