/**
 * Decoding a stream of server-sent events.
 *
 * Source: WHATWG HTML, 9.2.6 "Interpreting an event stream",
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */

/** One dispatched event. An event with an empty `data` field is dispatched too: its data is the empty string. */
export interface SseEvent {
  /** `message` unless the stream named another type. */
  type: string;
  data: string;
}

/** Decodes one response body. What is incomplete when the body ends is never dispatched. */
export interface SseDecoder {
  /** The events that end in this chunk of the body, however the chunk was cut. */
  decode(chunk: Uint8Array): SseEvent[];
  /** The id in force after the last blank line; undefined while no id was seen, empty when the server reset it. */
  readonly lastEventId: string | undefined;
  /** The reconnection time the stream set last, in milliseconds. */
  readonly retryMs: number | undefined;
}

/** A decoder at the beginning of a body. */
export function newSseDecoder(): SseDecoder {
  return new EventStreamDecoder();
}

class EventStreamDecoder implements SseDecoder {
  lastEventId: string | undefined;
  retryMs: number | undefined;
  /** Joins characters that were cut between chunks; some versions of node take off too much with a cut byte order mark. */
  readonly #utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
  #atBeginning = true;
  #unfinishedLine = '';
  #afterCarriageReturn = false;
  #type = '';
  #data: string[] = [];
  #id: string | undefined;

  decode(chunk: Uint8Array): SseEvent[] {
    const events: SseEvent[] = [];
    let text = this.#text(chunk);
    // A line feed that completes CRLF may come in a later chunk; its line has ended already.
    if (this.#afterCarriageReturn && text.startsWith('\n')) text = text.slice(1);
    else if (text === '') return events;
    this.#afterCarriageReturn = text.endsWith('\r');

    const lines = text.split(/\r\n|\n|\r/);
    const unfinished = lines.pop() ?? '';
    for (const line of lines) {
      const event = this.#line(this.#unfinishedLine + line);
      this.#unfinishedLine = '';
      if (event) events.push(event);
    }
    this.#unfinishedLine += unfinished;
    return events;
  }

  #text(chunk: Uint8Array): string {
    const text = this.#utf8.decode(chunk, { stream: true });
    if (!this.#atBeginning || text === '') return text;
    this.#atBeginning = false;
    return text.startsWith('\ufeff') ? text.slice(1) : text;
  }

  #line(line: string): SseEvent | undefined {
    if (line === '') return this.#dispatch();
    const colon = line.indexOf(':');
    if (colon === 0) return undefined;
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    this.#field(name, value);
    return undefined;
  }

  #field(name: string, value: string): void {
    switch (name) {
      case 'event':
        this.#type = value;
        return;
      case 'data':
        this.#data.push(value);
        return;
      case 'id':
        if (!value.includes('\0')) this.#id = value;
        return;
      case 'retry':
        if (/^[0-9]+$/.test(value)) this.retryMs = Number(value);
        return;
    }
  }

  #dispatch(): SseEvent | undefined {
    this.lastEventId = this.#id;
    const event = this.#data.length > 0 ? { type: this.#type || 'message', data: this.#data.join('\n') } : undefined;
    this.#type = '';
    this.#data = [];
    return event;
  }
}
