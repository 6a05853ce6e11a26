import type { Session } from '../sessions/session.ts';
import { openStream, type SseStream } from '../sse/stream.ts';
import { admit, type Exchange, type Outcome, type Runtime, refusalReply } from './exchange.ts';
import { field } from './head.ts';

/**
 * What a stream carries as soon as it is open, beside what has been waiting for it: nothing. Responses never go here, and
 * requests or notifications only once the client is initialized and has asked for them.
 */
export function listenerOpened(_stream: SseStream, _session: Session): void {}

/**
 * The stream that a client wants to go on with, and the last event of it that the client has seen; undefined when it names
 * none, or one that is not there any more, and so gets a stream of its own (2025-11-25, basic/transports, "Resumability and
 * Redelivery"). Only streams of its own session can be named.
 */
export function findStream(
  lastEventId: string | undefined,
  session: Session,
  readEventId: (id: string) => { stream: number; event: number } | undefined,
): { stream: SseStream; lastEvent: number } | undefined {
  const named = lastEventId === undefined ? undefined : readEventId(lastEventId);
  const stream = named === undefined ? undefined : session.streams.find(named.stream);
  return stream === undefined || named === undefined ? undefined : { stream, lastEvent: named.event };
}

/**
 * Answers a GET: with the rest of a stream that broke off, or with a stream for messages that belong to no request, open
 * until either side has had enough ("Listening for Messages from the Server"). A session may have several.
 */
export function handleGet({ request, response, head }: Exchange, runtime: Runtime): Outcome {
  const found = admit(head, runtime);
  if (found.kind === 'refusal') return refusalReply(found, runtime);
  const { session } = found;
  const { http, sse } = runtime.steps;
  request.resume();
  response.on('close', () => runtime.sessions.touch(session));
  const resumed = http.findStream(field(head, 'last-event-id'), session, sse.readEventId);
  if (resumed !== undefined) {
    resumed.stream.resume(response, resumed.lastEvent);
    return 'streaming';
  }
  const number = session.streams.number();
  const stream = openStream(response, { revision: session.revision, number, kind: 'listener', steps: runtime.steps });
  session.streams.add(stream);
  http.listenerOpened(stream, session);
  return 'streaming';
}
