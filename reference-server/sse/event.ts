/** One event of a stream. */
export interface SseEvent {
  /** What a client may send back as `Last-Event-ID`. */
  id?: string;
  /** The name of the event, `message` for all that carry a message. */
  event?: string;
  data: string;
}

/**
 * An event as text: its fields, each on its line, and the empty line that ends it
 * (HTML Living Standard, 9.2.5 "Parsing an event stream"). Data of several lines takes several `data` fields.
 */
export function encodeEvent({ id, event, data }: SseEvent): string {
  const fields = [
    ...(event === undefined ? [] : [`event: ${event}`]),
    ...(id === undefined ? [] : [`id: ${id}`]),
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
 * The id of an event: the stream's number in its session, then the event's number in the stream. So it is unique in the
 * session and tells which stream it belongs to (2025-11-25, basic/transports, "Resumability and Redelivery").
 */
export function eventId(stream: number, event: number): string {
  return `${stream}-${event}`;
}
