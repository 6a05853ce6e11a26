import { randomUUID } from 'node:crypto';

/** The session ids that a scripted server has issued, and which of them have ended. */
export class SessionBook {
  readonly #ended = new Set<string>();
  #latest: string | null = null;

  /** The id that was issued last, or null. */
  get latest(): string | null {
    return this.#latest;
  }

  /** Issues the id that a script wants, or a fresh one. */
  issue(wanted: boolean | string): string | null {
    if (wanted === false) return null;
    this.#latest = wanted === true ? `assay-${randomUUID()}` : wanted;
    return this.#latest;
  }

  end(id: string | null): void {
    if (id !== null) this.#ended.add(id);
  }

  hasEnded(id: string | null): boolean {
    return id !== null && this.#ended.has(id);
  }
}
