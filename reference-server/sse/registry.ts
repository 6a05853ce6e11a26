import type { ServerMessage } from '../dispatch/context.ts';
import type { SseStream } from './stream.ts';

/** Streams that nobody is connected to are kept for a client that comes back; the oldest beyond this number are not. */
const MOST_KEPT = 16;
/** Messages that wait for a stream to carry them; the oldest beyond this number are dropped. */
const MOST_WAITING = 100;

/** The SSE streams of one session (2025-11-25, basic/transports, "Resumability and Redelivery"). */
export class StreamRegistry {
  readonly #streams = new Map<number, SseStream>();
  #waiting: ServerMessage[] = [];
  #count = 0;

  /** The number of the next stream. */
  number(): number {
    this.#count += 1;
    return this.#count;
  }

  /** Whether a client is listening for messages that belong to no request. */
  get listening(): boolean {
    return [...this.#streams.values()].some(({ kind, connected }) => kind === 'listener' && connected);
  }

  /** Remembers a stream; one that listens gets what has been waiting for it. */
  add(stream: SseStream): void {
    this.#streams.set(stream.number, stream);
    const idle = [...this.#streams.values()].filter(({ connected }) => !connected);
    for (const { number } of idle.slice(0, Math.max(0, idle.length - MOST_KEPT))) this.#streams.delete(number);
    if (stream.kind !== 'listener') return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const message of waiting) stream.send(message);
  }

  find(number: number): SseStream | undefined {
    return this.#streams.get(number);
  }

  /**
   * Sends a message that belongs to no request, on one stream only ("Multiple Connections"): one that a client is
   * listening to, or else one it may come back to, or else the next it opens.
   */
  push(message: ServerMessage): void {
    const listeners = [...this.#streams.values()].filter(({ kind, ended }) => kind === 'listener' && !ended);
    const stream = listeners.findLast(({ connected }) => connected) ?? listeners.at(-1);
    if (stream === undefined) this.#waiting.push(message);
    else stream.send(message);
    if (this.#waiting.length > MOST_WAITING) this.#waiting.shift();
  }

  endAll(): void {
    for (const stream of this.#streams.values()) stream.end();
    this.#streams.clear();
    this.#waiting = [];
  }
}
