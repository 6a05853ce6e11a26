/** Most events and most characters that one stream keeps for a client that comes back. */
const MOST_EVENTS = 1000;
const MOST_CHARACTERS = 256 * 1024;

/** The latest events of one stream, as they were written. Events are numbered from 0. */
export class EventBuffer {
  readonly #texts: string[] = [];
  #dropped = 0;
  #characters = 0;

  /** The number of the next event. */
  get next(): number {
    return this.#dropped + this.#texts.length;
  }

  add(text: string): void {
    this.#texts.push(text);
    this.#characters += text.length;
    while (this.#texts.length > MOST_EVENTS || this.#characters > MOST_CHARACTERS) {
      this.#characters -= this.#texts.shift()?.length ?? 0;
      this.#dropped += 1;
    }
  }

  /** The events after a number, as far as they are still there. */
  after(event: number): readonly string[] {
    return this.#texts.slice(Math.max(0, event + 1 - this.#dropped));
  }
}
