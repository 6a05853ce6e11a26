import { joinBytes, lenientUtf8, strictUtf8 } from './bytes.ts';

/** One event as the stream spelled it, before any meaning is read into it. */
export interface SseEvent {
  /** The last `event` field, or null when there was none. */
  readonly event: string | null;
  /** The `data` lines joined by line feeds, or null when there was no `data` field. */
  readonly data: string | null;
  /** The last `id` field of this event, or null. */
  readonly id: string | null;
  /** The `retry` field in milliseconds, or null. */
  readonly retry: number | null;
  readonly comments: readonly string[];
  /** Whether a blank line ended the event; without it a reader drops the event. */
  readonly terminated: boolean;
}

/** Something in a stream that a strict reader would ignore or stumble on. */
export interface SseProblem {
  readonly kind: 'invalid-utf8' | 'unknown-field' | 'bad-retry' | 'nul-in-id' | 'unterminated-event';
  readonly line: string;
}

/** Whether an event is of a kind that MCP readers take: without a name, or named as the standard names it by default. */
export function isMessageEvent(name: string | null): boolean {
  return name === null || name === '' || name === 'message';
}

interface Draft {
  event: string | null;
  data: string[];
  hasData: boolean;
  id: string | null;
  retry: number | null;
  comments: string[];
  touched: boolean;
}

const empty = (): Draft => ({
  event: null,
  data: [],
  hasData: false,
  id: null,
  retry: null,
  comments: [],
  touched: false,
});

/**
 * Reads an event stream as the HTML standard says (9.2.6, interpreting an event stream), chunk by chunk, repairs
 * nothing and notes what a strict reader would object to.
 */
export class SseDecoder {
  readonly problems: SseProblem[] = [];
  /** The pieces of a line that has not ended; joined once, because a line may be long and its chunks tiny. */
  readonly #pending: Uint8Array[] = [];
  #draft = empty();
  #afterCr = false;
  #atStart = true;

  /** Takes the next bytes of the stream and gives the events that they complete. */
  push(chunk: Uint8Array): SseEvent[] {
    const events: SseEvent[] = [];
    let start = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at];
      const isRestOfCrLf = byte === LF && this.#afterCr;
      this.#afterCr = byte === CR;
      if (byte !== LF && byte !== CR) continue;
      if (!isRestOfCrLf) {
        const event = this.#line(this.#complete(chunk.subarray(start, at)));
        if (event) events.push(event);
      }
      start = at + 1;
    }
    if (start < chunk.length) this.#pending.push(Uint8Array.from(chunk.subarray(start)));
    return events;
  }

  /** Takes the end of the stream and gives the event that no blank line ended, if there is one. */
  end(): SseEvent | null {
    if (this.#pending.length) this.#line(this.#complete(new Uint8Array()));
    if (!this.#draft.touched) return null;
    this.problems.push({ kind: 'unterminated-event', line: this.#draft.data.join('\n') });
    return this.#finish(false);
  }

  #complete(rest: Uint8Array): Uint8Array {
    return joinBytes([...this.#pending.splice(0), rest]);
  }

  #line(bytes: Uint8Array): SseEvent | null {
    const valid = strictUtf8(bytes);
    let line = valid ?? lenientUtf8(bytes);
    if (valid === null) this.problems.push({ kind: 'invalid-utf8', line });
    if (this.#atStart) {
      this.#atStart = false;
      if (line.startsWith('\uFEFF')) line = line.slice(1);
    }
    if (line === '') return this.#draft.touched ? this.#finish(true) : null;
    this.#draft.touched = true;
    const colon = line.indexOf(':');
    if (colon === 0) this.#draft.comments.push(line.slice(1).replace(/^ /, ''));
    else if (colon < 0) this.#field(line, '', line);
    else this.#field(line.slice(0, colon), line.slice(colon + 1).replace(/^ /, ''), line);
    return null;
  }

  #field(name: string, value: string, line: string): void {
    const draft = this.#draft;
    switch (name) {
      case 'event':
        draft.event = value;
        return;
      case 'data':
        draft.data.push(value);
        draft.hasData = true;
        return;
      case 'id':
        if (value.includes('\0')) this.problems.push({ kind: 'nul-in-id', line });
        else draft.id = value;
        return;
      case 'retry':
        if (/^[0-9]+$/.test(value)) draft.retry = Number(value);
        else this.problems.push({ kind: 'bad-retry', line });
        return;
      default:
        this.problems.push({ kind: 'unknown-field', line });
    }
  }

  #finish(terminated: boolean): SseEvent {
    const { event, data, hasData, id, retry, comments } = this.#draft;
    this.#draft = empty();
    return { event, data: hasData ? data.join('\n') : null, id, retry, comments, terminated };
  }
}

const LF = 0x0a;
const CR = 0x0d;
