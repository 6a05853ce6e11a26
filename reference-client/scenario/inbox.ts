/** The messages a server sent, kept until an action waits for them. */
import type { JsonRpcMessage } from '../../spec/messages.ts';
import { within } from '../waiting.ts';

/** Says which message is waited for. */
export type Wanted = (message: JsonRpcMessage) => boolean;

export class Inbox {
  readonly #untaken: JsonRpcMessage[] = [];
  #waiting: { wanted: Wanted; take: (message: JsonRpcMessage) => void }[] = [];

  put(message: JsonRpcMessage): void {
    const waiting = this.#waiting.find(({ wanted }) => wanted(message));
    if (!waiting) {
      this.#untaken.push(message);
      return;
    }
    this.#waiting = this.#waiting.filter((other) => other !== waiting);
    waiting.take(message);
  }

  /** Takes the first message that is wanted; undefined when none comes in time. */
  take(wanted: Wanted, timeoutMs: number): Promise<JsonRpcMessage | undefined> {
    const index = this.#untaken.findIndex(wanted);
    if (index !== -1) return Promise.resolve(this.#untaken.splice(index, 1)[0]);
    const coming = new Promise<JsonRpcMessage>((take) => this.#waiting.push({ wanted, take }));
    return within(timeoutMs, coming, undefined);
  }
}
