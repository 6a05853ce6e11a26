import type { Agent } from 'undici';
import type { Json, JsonObject } from '../../spec/messages.ts';
import { type Endpoint, readEndpoint } from '../session/sse-endpoint.ts';
import type { Limits } from '../target/limits.ts';
import type { Recorder } from '../trace/trace.ts';
import { isObject } from '../wire/json-rpc.ts';
import { readJson } from '../wire/read-json.ts';
import { isMessageEvent, SseDecoder, type SseEvent } from '../wire/sse.ts';
import { type Cause, type HttpRequest, type LiveExchange, startExchange } from './http.ts';

/**
 * The stream on which a server over HTTP+SSE says everything. It is read as an event stream whatever the server calls it: the
 * judge says what is wrong with that.
 */
export class SseStream {
  readonly exchange: LiveExchange;
  /** Settles with what the endpoint event says; null when the answer is over, or is no stream, without one. */
  readonly endpoint: Promise<Endpoint | null>;
  readonly #decoder = new SseDecoder();
  readonly #listeners = new Set<(message: JsonObject) => void>();
  readonly #url: string;
  #named: (endpoint: Endpoint | null) => void = () => undefined;
  #events = 0;

  constructor(pool: Agent, recorder: Recorder, message: HttpRequest, cause: Cause, limits: Limits) {
    this.#url = message.url;
    this.endpoint = new Promise((resolve) => {
      this.#named = resolve;
    });
    // the stream outlives every step: it is the case that must not take too long
    const whole = { ...limits, caseMs: 2 * limits.caseMs };
    this.exchange = startExchange(pool, recorder, message, cause, whole, {
      onChunk: (bytes) => {
        for (const event of this.#decoder.push(bytes)) this.#take(event);
        if (this.#events > limits.events) this.exchange.close('limit');
      },
    });
    void this.exchange.done.then(() => this.#named(null));
  }

  /** Has a function told of each message; gives one that ends this. */
  onMessage(listener: (message: JsonObject) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Waits for responses: those with the ids that are awaited, or as many with ids that nobody awaits.
   *
   * @returns a promise for all of them, and a function that ends the wait
   */
  awaitResponses(ids: readonly Json[]): { readonly satisfied: Promise<void>; readonly forget: () => void } {
    const missing = ids.map((id) => JSON.stringify(id));
    let settle: () => void = () => undefined;
    const satisfied = new Promise<void>((resolve) => {
      settle = resolve;
    });
    if (!missing.length) settle();
    const forgetAll = this.onMessage((message) => {
      if ('method' in message) return;
      const id = JSON.stringify(message.id ?? null);
      const at = missing.indexOf(id);
      if (at < 0 && this.#awaited.has(id)) return;
      missing.splice(Math.max(at, 0), 1);
      if (!missing.length) settle();
    });
    for (const id of missing) this.#awaited.add(id);
    return { satisfied, forget: forgetAll };
  }

  /** Ids that some request has had: a response with one of them is no other request's. */
  readonly #awaited = new Set<string>();

  #take({ event, data }: SseEvent): void {
    this.#events += 1;
    if (event === 'endpoint') this.#named(readEndpoint(data ?? '', this.#url));
    if (!isMessageEvent(event) || !data) return;
    const read = readJson(Buffer.from(data, 'utf8'));
    if (!read.ok) return;
    for (const message of Array.isArray(read.value) ? read.value : [read.value]) {
      if (isObject(message)) for (const listener of [...this.#listeners]) listener(message);
    }
  }
}
