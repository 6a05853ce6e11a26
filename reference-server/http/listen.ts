import type { Session } from '../sessions/session.ts';
import { openStream, type SseStream } from '../sse/stream.ts';
import { admit, type Exchange, type Outcome, type Runtime, refusalReply } from './exchange.ts';

/**
 * What a stream carries as soon as it is open: nothing. Responses never go here, and requests or notifications only once
 * the client is initialized and has asked for them.
 */
export function listenerOpened(_stream: SseStream, _session: Session): void {}

/**
 * Answers a GET: a stream for messages that belong to no request, open until either side has had enough (2025-11-25,
 * basic/transports, "Listening for Messages from the Server"). A session may have several. Nothing this server offers has
 * such messages yet, so the stream stays silent; `Last-Event-ID` is not needed to open it.
 */
export function handleGet({ request, response, head }: Exchange, runtime: Runtime): Outcome {
  const found = admit(head, runtime);
  if (found.kind === 'refusal') return refusalReply(found, runtime);
  const { session } = found;
  const stream = openStream(response, session, 'listener', runtime.steps);
  session.listeners.add(stream);
  response.on('close', () => {
    session.listeners.delete(stream);
    runtime.sessions.touch(session);
  });
  request.resume();
  runtime.steps.http.listenerOpened(stream, session);
  return 'streaming';
}
