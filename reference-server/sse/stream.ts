import type { ServerResponse } from 'node:http';
import type { JsonRpcMessage } from '../../spec/messages.ts';
import { factsOf, type Revision } from '../revisions.ts';
import type { Session } from '../sessions/session.ts';
import type { Steps } from '../steps.ts';
import { EventBuffer } from './buffer.ts';

/** A stream to a client. It outlives the connections that carry it; all its methods do nothing once it has ended. */
export interface SseStream {
  /** Its number in its session. */
  readonly number: number;
  /** Whether a GET opened it, for messages that belong to no request, or a POST, for those of that request. */
  readonly kind: StreamKind;
  /** Whether a client is connected to it right now. */
  readonly connected: boolean;
  /** Whether the last message has been sent. */
  readonly ended: boolean;
  /** Sends one message as one event; it is kept for a client that comes back, where the revision has event ids. */
  send(message: JsonRpcMessage): void;
  /** Goes on over another connection, from the event after the one the client saw last. */
  resume(response: ServerResponse, lastEvent: number): void;
  /** Closes the connection, but not the stream. */
  leave(retryMs: number): void;
  end(): void;
}

export type StreamKind = 'answer' | 'listener';

/** A client that leaves more than this unread, in bytes, is cut off, so that it cannot fill the server's memory. */
const MOST_UNREAD = 4 * 1024 * 1024;

/** Milliseconds between the signs of life on a quiet stream. */
const KEEP_ALIVE = 15_000;

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
 * The stateless revisions have no session.
 */
export function deliver(message: JsonRpcMessage, own: SseStream, _session: Session | undefined): void {
  own.send(message);
}

/** What a stream is made for and by. */
export interface StreamParts {
  revision: Revision;
  number: number;
  kind: StreamKind;
  steps: Pick<Steps, 'sse' | 'envelope'>;
  /** Header fields to add to those of every stream. */
  headers?: Record<string, string>;
}

/**
 * Turns an HTTP response into a stream: its header goes out at once, and where the revision has polling, an event with an
 * id and no data follows it on the streams of POST.
 */
export function openStream(response: ServerResponse, parts: StreamParts): SseStream {
  const { number, kind, headers = {} } = parts;
  const { sse, envelope } = parts.steps;
  const { eventIds, polling } = factsOf(parts.revision);
  const buffer = new EventBuffer();
  let connection: ServerResponse | undefined;
  let ended = false;

  const write = (text: string) => {
    if (connection !== undefined) sse.writeText(connection, text);
  };
  const nextId = () => sse.eventId(number, buffer.next);
  const emit = (text: string) => {
    if (eventIds) buffer.add(text);
    write(text);
  };
  const disconnect = () => {
    const closing = connection;
    connection = undefined;
    if (closing !== undefined) sse.endStream(closing);
  };
  const connect = (to: ServerResponse) => {
    disconnect();
    connection = to;
    const alive = setInterval(() => sse.writeText(to, sse.keepAliveComment()), KEEP_ALIVE).unref();
    to.on('close', () => {
      clearInterval(alive);
      if (connection === to) connection = undefined;
    });
    to.writeHead(200, { ...sse.streamHeaders(), ...headers });
    to.flushHeaders();
  };

  connect(response);
  if (polling && kind === 'answer') emit(sse.encodeEvent(sse.primeEvent(nextId())));
  return {
    number,
    kind,
    get connected() {
      return connection !== undefined && !connection.destroyed;
    },
    get ended() {
      return ended;
    },
    send(message) {
      if (ended) return;
      const id = eventIds ? { id: nextId() } : {};
      emit(sse.encodeEvent({ ...id, event: 'message', data: envelope.encode(message) }));
    },
    resume(next, lastEvent) {
      connect(next);
      for (const text of buffer.after(lastEvent)) write(text);
      if (ended) disconnect();
    },
    leave(retryMs) {
      if (ended || !polling || connection === undefined) return;
      emit(sse.encodeEvent(sse.retryEvent(nextId(), retryMs)));
      disconnect();
    },
    end() {
      ended = true;
      disconnect();
    },
  };
}
