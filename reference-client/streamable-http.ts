/** The Streamable HTTP transport (basic/transports#streamable-http, 2025-03-26 to 2025-11-25). */
import { newStreamPosition } from './event-stream.ts';
import { httpFailure, isSuccess, sessionLost } from './http-answer.ts';
import { HttpChannel, type HttpChannelOptions } from './http-channel.ts';
import { isRequestDelivery, readRefusal, readResponse } from './response-reading.ts';
import { done, type Outcome, succeed } from './results.ts';
import type { Session } from './session.ts';
import { follow, openStream } from './stream-following.ts';
import type { Delivery, Transport } from './transport.ts';

export class StreamableHttp implements Transport {
  readonly #channel: HttpChannel;
  /** The session whose messages are listened for. */
  #listening: Session | undefined;

  constructor(options: HttpChannelOptions) {
    this.#channel = new HttpChannel(options);
  }

  async send(delivery: Delivery): Promise<Outcome<void>> {
    const { conduct } = this.#channel;
    const { message, session } = delivery;
    const sent = await this.#channel.exchange({ verb: 'POST', session, message });
    if (!sent.ok) return sent;
    const answer = sent.value;
    if (conduct.isSessionLost(answer.status, session)) return sessionLost(answer, false);
    if (!isSuccess(answer)) return readRefusal(this.#channel, answer, delivery);

    const assigned = conduct.assignedSessionId(message, answer);
    if (assigned.ok && isRequestDelivery(delivery)) {
      session.id = assigned.value ?? session.id;
      return readResponse(this.#channel, answer, delivery);
    }
    answer.discard();
    return assigned.ok ? done : assigned;
  }

  async listen(session: Session): Promise<Outcome<'listening' | 'not-offered'>> {
    const opened = await openStream(this.#channel, session, undefined);
    if (!opened.ok) {
      const { failure } = opened;
      return failure.kind === 'http' && failure.status === 405 ? succeed('not-offered') : opened;
    }
    this.#listening = session;
    const isAwaited = () => this.#listening === session;
    const followed = { session, isAwaited, position: newStreamPosition(), flaw: undefined };
    void follow(this.#channel, opened.value, followed).then((end) => {
      if (!end.ok) this.#channel.receiver.stoppedListening(end.failure, session);
    });
    return succeed('listening');
  }

  async endSession(session: Session): Promise<Outcome<void>> {
    if (session.id === undefined) return done;
    const sent = await this.#channel.exchange({ verb: 'DELETE', session });
    if (!sent.ok) return sent;
    const answer = sent.value;
    // 405: the server does not let clients end sessions. 404: this one had ended already.
    if (!isSuccess(answer) && answer.status !== 405 && answer.status !== 404) return httpFailure(answer);
    answer.discard();
    return done;
  }

  async close(): Promise<void> {
    this.#listening = undefined;
    await this.#channel.close();
  }
}
