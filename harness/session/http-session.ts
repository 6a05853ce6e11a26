import type { Agent } from 'undici';
import type { Json, JsonObject } from '../../spec/messages.ts';
import { factsOf, isRevision, type Revision } from '../../spec/revisions.ts';
import { hideValues, type Target } from '../target/target.ts';
import { type LiveExchange, startExchange } from '../transport/http.ts';
import { type HeaderPairs, headerValue, mediaTypeOf } from '../wire/headers.ts';
import { isObject } from '../wire/json-rpc.ts';
import { type Client, type ClientSurroundings, FIRST_ID, initializeParams, replyTo, type Sending } from './client.ts';
import { changedHeaders, credentialsFor, headerChanges } from './header-changes.ts';
import { metadataHeaders } from './request-metadata.ts';
import { StreamWatch } from './stream-watch.ts';
import { within } from './within.ts';

/** What a client over HTTP shares with the other clients of its case. */
export interface Surroundings extends ClientSurroundings {
  readonly pool: Agent;
  readonly target: Target;
}

/** The harness as one client of a server over Streamable HTTP: its session, its ids and its open streams. */
export class ClientSession implements Client {
  sessionId: string | null = null;
  #revision: Revision | null = null;
  #ids = FIRST_ID;
  #closing = false;
  readonly #open = new Set<LiveExchange>();
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

  /** Sends one request and waits as long as the sending says; gives the number of the exchange. */
  async send(sending: Sending): Promise<number> {
    const { pool, recorder, target, limits } = this.#around;
    const initializing = isInitialize(sending.body);
    const watch = new StreamWatch(sending.awaits ?? [], limits.events);
    const credentials = credentialsFor(sending, target);
    const message = {
      method: sending.method,
      url: sending.url ?? target.url,
      headers: this.#headers(sending),
      body: sending.body ?? new Uint8Array(),
      credentials,
      shownCredentials: hideValues(credentials),
    };
    let streaming = false;
    let responded: () => void = () => undefined;
    const headersSeen = new Promise<void>((resolve) => {
      responded = resolve;
    });
    const exchange = startExchange(pool, recorder, message, { client: this.#name, step: sending.step }, limits, {
      onResponse: (status, headers) => {
        streaming = mediaTypeOf(headers) === 'text/event-stream';
        if (initializing && status < 300) this.sessionId = headerValue(headers, 'mcp-session-id') ?? this.sessionId;
        responded();
      },
      onChunk: (bytes) => {
        for (const call of watch.push(bytes, streaming)) this.#answer(call);
        if (watch.overflow) exchange.close('limit');
      },
    });
    this.#open.add(exchange);
    const finished = exchange.done.then(() => {
      this.#open.delete(exchange);
      for (const call of watch.end()) this.#answer(call);
    });
    await this.#wait(sending, exchange, { watch, headersSeen, finished }, () => streaming);
    if (initializing) this.#adopt(watch.result);
    return exchange.id;
  }

  /** Ends the streams that are still open and, politely, the session. */
  async close(): Promise<void> {
    this.#closing = true;
    await Promise.all(this.#replies);
    const running = [...this.#open];
    for (const exchange of running) exchange.close();
    await Promise.all(running.map((exchange) => exchange.done));
    if (this.sessionId === null) return;
    await this.send({ step: null, method: 'DELETE' });
  }

  async #wait(
    sending: Sending,
    exchange: LiveExchange,
    { watch, headersSeen, finished: over }: { watch: StreamWatch; headersSeen: Promise<void>; finished: Promise<void> },
    isStream: () => boolean,
  ): Promise<void> {
    const { limits } = this.#around;
    await within(sending.patience ?? limits.stepMs, [over, headersSeen], () => exchange.close('timeout'));
    if (sending.keepOpen && isStream()) return;
    if (isStream() && !sending.awaits?.length) {
      await within(sending.hold ?? limits.graceMs, [over], () => exchange.close());
      return;
    }
    await within(limits.stepMs, [over, watch.satisfied], () => exchange.close('timeout'));
    await within(sending.hold ?? limits.graceMs, [over], () => exchange.close());
    await over;
  }

  #adopt(result: Json | undefined): void {
    const version = isObject(result) ? result.protocolVersion : undefined;
    if (typeof version === 'string' && isRevision(version)) this.#revision = version;
  }

  #answer(call: JsonObject): void {
    // A server that asks again in answer to each answer would keep the client busy for ever.
    // In the stateless era a client may not answer at all.
    if (this.#closing || factsOf(this.#around.revision).era === 'stateless') return;
    const reply = replyTo(call, this.#around);
    if (!reply) return;
    const body = Buffer.from(JSON.stringify(reply));
    this.#replies.push(this.send({ step: null, method: 'POST', body }));
  }

  #headers({ method, url, body, headers: changes = {} }: Sending): HeaderPairs {
    const base: (readonly [string, string])[] = [];
    if (url !== undefined) return headerChanges(changes);
    if (method === 'POST') {
      base.push(['Accept', 'application/json, text/event-stream'], ['Content-Type', 'application/json']);
    } else if (method === 'GET') base.push(['Accept', 'text/event-stream']);
    const facts = factsOf(this.#revision ?? this.#around.revision);
    if (this.sessionId !== null && facts.sessionHeader) base.push([facts.sessionHeader, this.sessionId]);
    if (this.#revision && facts.versionHeader) base.push([facts.versionHeader, this.#revision]);
    if (method === 'POST' && facts.perRequest) {
      base.push(...metadataHeaders(messageIn(body), this.#around.revision, this.#around.tools ?? []));
    }
    return changedHeaders(base, changes);
  }
}

function isInitialize(body: Uint8Array | undefined): boolean {
  const value = messageIn(body);
  return isObject(value) && value.method === 'initialize';
}

/** What a body of ordinary size says as JSON, or undefined. */
function messageIn(body: Uint8Array | undefined): Json | undefined {
  if (!body || body.length > 100_000) return undefined;
  try {
    const value: Json = JSON.parse(Buffer.from(body).toString('utf8'));
    return value;
  } catch {
    return undefined;
  }
}
