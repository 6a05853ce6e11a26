/** Following one event stream over as many connections as it takes. */
import { readConnection, type StreamPosition } from './event-stream.ts';
import { httpFailure, isSuccess, sessionLost } from './http-answer.ts';
import type { HttpChannel } from './http-channel.ts';
import type { HttpAnswer } from './http-exchange.ts';
import { done, type Failure, fail, type Outcome, succeed } from './results.ts';
import type { Session } from './session.ts';
import { waitAtLeast } from './waiting.ts';

/** A stream that is followed. */
export interface Followed {
  session: Session;
  position: StreamPosition;
  /** Whether something is still to come: only then is a stream resumed. */
  isAwaited(): boolean;
  /** The last text on the stream that was no message. */
  flaw: Failure | undefined;
}

/**
 * Reads a stream to its end and hands on the messages in it; resumes it as long as something is awaited of it.
 *
 * @returns a failure when something is still awaited and the stream cannot be resumed
 * Source: basic/transports#resumability-and-redelivery.
 */
export async function follow(channel: HttpChannel, first: HttpAnswer, followed: Followed): Promise<Outcome<void>> {
  const { conduct, closing } = channel;
  const { session, position } = followed;
  let connection: Outcome<HttpAnswer> = succeed(first);
  for (;;) {
    if (connection.ok) {
      await readConnection(connection.value, conduct.newSseDecoder(), position, (text) =>
        take(channel, text, followed),
      );
    }
    if (!followed.isAwaited() || closing.aborted) return done;

    const next = conduct.planReconnection(position);
    if (!next) return fail(followed.flaw ?? lastWords(connection));
    position.fruitless += 1;
    await waitAtLeast(next.afterMs, closing);
    if (!followed.isAwaited() || closing.aborted) return done;

    connection = await openStream(channel, session, next.lastEventId);
    // A server that cannot be reached may be back the next time; one that answers otherwise has spoken.
    if (!connection.ok && connection.failure.kind !== 'connection') return connection;
  }
}

/** Opens a stream by GET, or says why there is none: any answer but an event stream. */
export async function openStream(
  channel: HttpChannel,
  session: Session,
  lastEventId: string | undefined,
): Promise<Outcome<HttpAnswer>> {
  const { conduct } = channel;
  const sent = await channel.exchange({ verb: 'GET', session, lastEventId });
  if (!sent.ok) return sent;
  const answer = sent.value;
  if (conduct.isSessionLost(answer.status, session)) return sessionLost(answer, lastEventId !== undefined);
  const isStream = conduct.answerForm(answer.header('content-type')) === 'event-stream';
  return isSuccess(answer) && isStream ? sent : httpFailure(answer);
}

function lastWords(connection: Outcome<HttpAnswer>): Failure {
  return connection.ok
    ? { kind: 'connection', reason: 'the event stream ended and could not be resumed' }
    : connection.failure;
}

function take(channel: HttpChannel, text: string, followed: Followed): void {
  const read = channel.read(text, followed.session);
  if (read.ok) channel.deliver(read.value, followed.session);
  else followed.flaw = read.failure;
}
