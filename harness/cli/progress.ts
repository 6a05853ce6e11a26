import type { Progress } from '../assay/server-assay-options.ts';
import { count } from '../report/headline.ts';
import { oneLine } from '../report/plain-text.ts';

/** Where progress goes: a terminal has one line that changes, anything else a line now and then. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Milliseconds between two lines where lines stay. */
const SPARSE = 5_000;
const CLEAR = '\r\u001b[K';

/** Shows how far a run has come: checks done, checks known, time gone by. */
export class ProgressLine {
  readonly #stream: ProgressStream;
  readonly #now: () => number;
  readonly #start: number;
  #last: number;

  constructor(stream: ProgressStream, now: () => number = () => performance.now()) {
    this.#stream = stream;
    this.#now = now;
    this.#start = now();
    this.#last = this.#start;
  }

  /** Takes note of what a run tells. */
  show(progress: Progress): void {
    switch (progress.kind) {
      case 'survey':
        this.#say(`taking a first look${progress.revision ? ` at revision ${progress.revision}` : ''}`, true);
        break;
      case 'judging':
        this.#say(`${count(progress.total, 'check')} at revision ${progress.revision}`, true);
        break;
      case 'checked':
        this.#say(`${progress.done} of ${progress.total} checks done: ${progress.id}`, false);
        break;
    }
  }

  /** Says something that is not progress of checks, such as what is being started. */
  note(text: string): void {
    this.#say(oneLine(text), true);
  }

  /** Takes the changing line away. */
  clear(): void {
    if (this.#stream.isTTY) this.#stream.write(CLEAR);
  }

  #say(text: string, always: boolean): void {
    const now = this.#now();
    const line = `${((now - this.#start) / 1_000).toFixed(1)} s  ${text}`;
    if (this.#stream.isTTY) {
      this.#stream.write(CLEAR + line.slice(0, Math.max(20, (this.#stream.columns ?? 80) - 1)));
    } else if (always || now - this.#last >= SPARSE) {
      this.#last = now;
      this.#stream.write(`${line}\n`);
    }
  }
}
