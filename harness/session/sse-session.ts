import type { JsonObject } from '../../spec/messages.ts';
import { hideValues } from '../target/target.ts';
import type { Ending } from '../trace/trace.ts';
import { type HttpRequest, startExchange } from '../transport/http.ts';
import { SseStream } from '../transport/sse-stream.ts';
import { isRequestId } from '../wire/json-rpc.ts';
import { type Client, FIRST_ID, initializeParams, replyTo, type Sending } from './client.ts';
import { changedHeaders, credentialsFor } from './header-changes.ts';
import type { Surroundings } from './http-session.ts';
import { within } from './within.ts';

/**
 * The harness as one client of a server over HTTP+SSE (2024-11-05, basic/transports): it connects with a GET, sends each
 * message as a POST to the address that the endpoint event names, and hears everything on the stream of the GET.
 */
export class SseSession implements Client {
  readonly sessionId = null;
  #ids = FIRST_ID;
  #closing = false;
  #connection: Promise<{ stream: SseStream; endpoint: string | null }> | null = null;
  readonly #streams: SseStream[] = [];
  readonly #replies: Promise<number>[] = [];
  readonly #name: string;
  readonly #around: Surroundings;

  constructor(name: string, around: Surroundings) {
    this.#name = name;
    this.#around = around;
  }

  nextId(): number {
    this.#ids += 1;
    return this.#ids;
  }

  initializeParams(): JsonObject {
    return initializeParams(this.#around);
  }

  /**
   * Sends a message to the endpoint, connecting first where that has not been done; anything else goes to the address of the
   * stream. Without an endpoint nothing is sent, and it gives the number of the exchange that failed to name one.
   */
  async send(sending: Sending): Promise<number> {
    if (sending.method !== 'POST' || sending.url !== undefined) return this.#look(sending);
    this.#connection ??= this.#connect();
    const { stream, endpoint } = await this.#connection;
    return endpoint === null ? stream.exchange.id : this.#post(sending, stream, endpoint);
  }

  /** Ends the streams. */
  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all(this.#replies);
    for (const { exchange } of this.#streams) exchange.close();
    await Promise.all(this.#streams.map(({ exchange }) => exchange.done));
  }

  async #connect(): Promise<{ stream: SseStream; endpoint: string | null }> {
    const stream = this.#open({ step: -1, method: 'GET' });
    const { stepMs } = this.#around.limits;
    stream.onMessage((message) => this.#answer(message));
    await within(stepMs, [stream.endpoint], () => stream.exchange.close('timeout'));
    const endpoint = await stream.endpoint;
    // what names no endpoint is not needed any more, and must be over to be judged
    if (endpoint?.kind !== 'usable') {
      stream.exchange.close();
      await stream.exchange.done;
      return { stream, endpoint: null };
    }
    return { stream, endpoint: endpoint.url };
  }

  /** A request that carries no message: what comes for it is read until there is an endpoint event, and as long as it says. */
  async #look(sending: Sending): Promise<number> {
    const { limits } = this.#around;
    const stream = this.#open(sending);
    const { exchange } = stream;
    await within(limits.stepMs, [stream.endpoint], () => exchange.close('timeout'));
    if (sending.keepOpen) return exchange.id;
    await within(sending.hold ?? 0, [exchange.done], () => exchange.close());
    await exchange.done;
    return exchange.id;
  }

  async #post(sending: Sending, stream: SseStream, url: string): Promise<number> {
    const { pool, recorder, limits } = this.#around;
    const awaited = stream.awaitResponses(sending.awaits ?? []);
    let refused = false;
    const message = { ...this.#message(sending, url), stream: stream.exchange.id };
    const posted = startExchange(pool, recorder, message, { client: this.#name, step: sending.step }, limits, {
      onResponse: (status) => {
        refused = status >= 400;
      },
    });
    await within(limits.stepMs, [posted.done], () => posted.close('timeout'));
    let how = await posted.done;
    if (how === 'complete') {
      const wait = sending.keepOpen ? 0 : refused ? Math.min(REFUSED_MS, limits.stepMs) : limits.stepMs;
      how = await ended(wait, awaited.satisfied, stream.exchange.done, refused || sending.keepOpen === true);
      if (how === 'complete' && sending.hold) await within(sending.hold, [stream.exchange.done], () => undefined);
      recorder.add({ kind: 'end', exchange: posted.id, how });
    }
    awaited.forget();
    return posted.id;
  }

  #open(sending: Sending): SseStream {
    const { pool, recorder, target, limits } = this.#around;
    const cause = { client: this.#name, step: sending.step };
    const stream = new SseStream(pool, recorder, this.#message(sending, sending.url ?? target.url), cause, limits);
    this.#streams.push(stream);
    return stream;
  }

  #message(sending: Sending, url: string): HttpRequest {
    const { method, body, headers = {} } = sending;
    const credentials = credentialsFor(sending, this.#around.target);
    const base =
      method === 'POST'
        ? [['Content-Type', 'application/json'] as const]
        : method === 'GET'
          ? [['Accept', 'text/event-stream'] as const]
          : [];
    return {
      method,
      url,
      headers: changedHeaders(base, headers),
      body: body ?? new Uint8Array(),
      credentials,
      shownCredentials: hideValues(credentials),
    };
  }

  #answer(message: JsonObject): void {
    if (this.#closing || typeof message.method !== 'string' || !isRequestId(message.id)) return;
    const reply = replyTo(message, this.#around);
    if (!reply) return;
    const body = Buffer.from(JSON.stringify(reply));
    this.#replies.push(this.send({ step: null, method: 'POST', body }));
  }
}

/** How long a message that was refused may still be answered on the stream, in milliseconds. */
const REFUSED_MS = 1_000;

/** How the wait for responses on a stream ended. */
async function ended(
  ms: number,
  satisfied: Promise<void>,
  streamOver: Promise<Ending>,
  mayBeNone: boolean,
): Promise<Ending> {
  let how: Ending | null = null;
  const answered = satisfied.then(() => {
    how ??= 'complete';
  });
  const broken = streamOver.then((ending) => {
    how ??= ending === 'limit' ? 'limit' : 'broken';
  });
  await within(ms, [answered, broken], () => {
    how ??= mayBeNone ? 'complete' : 'timeout';
  });
  return how ?? 'timeout';
}
