import type { ServerResponse } from 'node:http';
import type { JsonRpcMessage } from '../../spec/messages.ts';
import { factsOf } from '../revisions.ts';
import type { Session } from '../sessions/session.ts';
import type { Steps } from '../steps.ts';

/** An open stream to a client. All its methods do nothing once it has ended or the client has gone. */
export interface SseStream {
  /** Sends one message as one event. */
  send(message: JsonRpcMessage): void;
  end(): void;
}

/** A client that leaves more than this unread, in bytes, is cut off, so that it cannot fill the server's memory. */
const MOST_UNREAD = 4 * 1024 * 1024;

/**
 * The header fields of a stream: nothing on the way may keep, alter or collect the events. `X-Accel-Buffering` says so to
 * nginx and its kin.
 */
export function streamHeaders(): Record<string, string> {
  return {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  };
}

/** Writes a part of a stream. */
export function writeText(response: ServerResponse, text: string): void {
  if (response.writableEnded || response.destroyed) return;
  response.write(text);
  if (response.writableLength > MOST_UNREAD) response.destroy();
}

/** Ends a stream and with it the HTTP response. */
export function endStream(response: ServerResponse): void {
  if (!response.writableEnded) response.end();
}

/**
 * Sends what belongs to a request on the stream of its POST, and nowhere else (2025-11-25, basic/transports, "Multiple
 * Connections"; responses never go on a stream that a GET opened, "Listening for Messages from the Server", item 4).
 */
export function deliver(message: JsonRpcMessage, own: SseStream, _session: Session): void {
  own.send(message);
}

/**
 * Turns an HTTP response into a stream: its header goes out at once, and where the revision has event ids, an event with
 * an id and no data follows it on the streams of POST.
 *
 * @param kind `answer` for the stream of a POST, `listener` for that of a GET
 */
export function openStream(
  response: ServerResponse,
  session: Session,
  kind: 'answer' | 'listener',
  { sse, envelope }: Pick<Steps, 'sse' | 'envelope'>,
  headers: Record<string, string> = {},
): SseStream {
  const { eventIds } = factsOf(session.revision);
  session.streamCount += 1;
  const streamNumber = session.streamCount;
  let events = 0;
  const nextId = () => sse.eventId(streamNumber, events++);

  response.writeHead(200, { ...sse.streamHeaders(), ...headers });
  response.flushHeaders();
  if (eventIds && kind === 'answer') sse.writeText(response, sse.encodeEvent(sse.primeEvent(nextId())));
  return {
    send: (message) => {
      const id = eventIds ? { id: nextId() } : {};
      sse.writeText(response, sse.encodeEvent({ ...id, event: 'message', data: envelope.encode(message) }));
    },
    end: () => sse.endStream(response),
  };
}
