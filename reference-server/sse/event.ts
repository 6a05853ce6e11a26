/** One event of a stream. */
export interface SseEvent {
  /** What a client may send back as `Last-Event-ID`. */
  id?: string;
  /** The name of the event, `message` for all that carry a message. */
  event?: string;
  /** Milliseconds a client is to wait before it comes back, should the stream be closed. */
  retry?: number;
  data: string;
}

/**
 * An event as text: its fields, each on its line, and the empty line that ends it
 * (HTML Living Standard, 9.2.5 "Parsing an event stream"). Data of several lines takes several `data` fields.
 */
export function encodeEvent({ id, event, retry, data }: SseEvent): string {
  const fields = [
    ...(event === undefined ? [] : [`event: ${event}`]),
    ...(id === undefined ? [] : [`id: ${id}`]),
    ...(retry === undefined ? [] : [`retry: ${retry}`]),
    ...data.split(/\r\n|\r|\n/).map((line) => (line === '' ? 'data:' : `data: ${line}`)),
  ];
  return `${fields.join('\n')}\n\n`;
}

/**
 * The event that opens the stream of a POST: an id and no data, so that a client knows where to resume before the first
 * message has come (2025-11-25, basic/transports, "Sending Messages to the Server", item 6).
 */
export function primeEvent(id: string): SseEvent {
  return { id, data: '' };
}

/**
 * The event before the server closes a connection whose stream goes on: when to come back, and from where
 * (2025-11-25, basic/transports, "Sending Messages to the Server", item 6).
 */
export function retryEvent(id: string, retry: number): SseEvent {
  return { id, retry, data: '' };
}

/** A line that says nothing, so that nobody on the way takes a quiet stream for a dead one. */
export function keepAliveComment(): string {
  return ': still here\n\n';
}

/**
 * The id of an event: the stream's number in its session, then the event's number in the stream. So it is unique in the
 * session and tells which stream it belongs to (2025-11-25, basic/transports, "Resumability and Redelivery").
 */
export function eventId(stream: number, event: number): string {
  return `${stream}-${event}`;
}

/** The stream and the event that an id names; undefined when it is no id of this server's. */
export function readEventId(id: string): { stream: number; event: number } | undefined {
  const [, stream, event] = /^(\d{1,9})-(\d{1,9})$/.exec(id) ?? [];
  return stream === undefined || event === undefined ? undefined : { stream: Number(stream), event: Number(event) };
}
