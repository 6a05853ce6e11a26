import type { Json, JsonObject } from '../../spec/messages.ts';
import { readJson } from '../trace/exchange.ts';
import { joinBytes } from '../wire/bytes.ts';
import { isObject, isRequestId } from '../wire/json-rpc.ts';
import { SseDecoder } from '../wire/sse.ts';

/**
 * Watches an answer as it comes in, so that the driver knows when it has what it waits for and what the server asks.
 * It judges nothing: the judge reads the trace again from its bytes.
 */
export class StreamWatch {
  /** Settles when every awaited id has a response, or as many responses came as were awaited. */
  readonly satisfied: Promise<void>;
  /** Whether more events came than a stream may have. */
  overflow = false;
  /** The result of the last successful response. */
  result: Json | undefined;
  #settle: () => void = () => undefined;
  #events = 0;
  #missing: number;
  readonly #limit: number;
  readonly #decoder = new SseDecoder();
  readonly #body: Uint8Array[] = [];

  constructor(awaited: readonly Json[], limit: number) {
    this.#limit = limit;
    this.#missing = awaited.length;
    this.satisfied = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  /** Takes the next bytes; gives the requests that the server made in them. A body is read when it is whole. */
  push(bytes: Uint8Array, streaming: boolean): JsonObject[] {
    if (!streaming) {
      this.#body.push(bytes);
      return [];
    }
    const events = this.#decoder.push(bytes);
    this.#events += events.length;
    this.overflow ||= this.#events > this.#limit;
    return events.flatMap((event) => this.#read(Buffer.from(event.data ?? '', 'utf8')));
  }

  /** Takes the end of the answer; gives the requests in a body that was not a stream. */
  end(): JsonObject[] {
    return this.#read(joinBytes(this.#body));
  }

  #read(bytes: Uint8Array): JsonObject[] {
    const read = bytes.length ? readJson(bytes) : { ok: false as const };
    if (!read.ok) return [];
    const calls: JsonObject[] = [];
    for (const message of Array.isArray(read.value) ? read.value : [read.value]) {
      if (!isObject(message)) continue;
      if (typeof message.method === 'string') {
        if (isRequestId(message.id)) calls.push(message);
      } else if ('result' in message || 'error' in message) this.#response(message);
    }
    return calls;
  }

  #response(message: JsonObject): void {
    if (message.result !== undefined) this.result = message.result;
    this.#missing -= 1;
    if (this.#missing === 0) this.#settle();
  }
}
