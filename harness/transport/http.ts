import { setImmediate as nextTurn } from 'node:timers/promises';
import { Agent, type Dispatcher, request } from 'undici';
import type { Limits } from '../target/limits.ts';
import type { Ending, Recorder } from '../trace/trace.ts';
import type { HeaderPairs } from '../wire/headers.ts';
import { CLOSED, codeOf, describe, endingOf } from './connection-errors.ts';

/** What one HTTP request consists of; nothing is added to it but Host, Connection and Content-Length. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderPairs;
  readonly body: Uint8Array;
  /** The user's own headers: sent, but recorded with `shownCredentials` in their place. */
  readonly credentials: HeaderPairs;
  readonly shownCredentials: HeaderPairs;
  /** The exchange on whose event stream its answers come, where that is another: the caller then records a good end. */
  readonly stream?: number;
}

/** Who caused an exchange, as the trace notes it. */
export interface Cause {
  readonly client: string;
  readonly step: number | null;
}

/** What the owner of an exchange is told while it runs. */
export interface ExchangeListener {
  onResponse?(status: number, headers: HeaderPairs): void;
  onChunk?(bytes: Uint8Array): void;
}

/** A running exchange. */
export interface LiveExchange {
  readonly id: number;
  /** Settles when the exchange is over, however it ended; never rejects. */
  readonly done: Promise<Ending>;
  /** Ends it from our side. */
  close(how?: Ending): void;
}

/** Starts one HTTP exchange and records every part of it as it comes. */
export function startExchange(
  pool: Agent,
  recorder: Recorder,
  message: HttpRequest,
  cause: Cause,
  limits: Limits,
  listener: ExchangeListener = {},
): LiveExchange {
  const exchange = recorder.nextExchange();
  const abort = new AbortController();
  let ending: Ending | null = null;
  const close = (how: Ending = 'closed-by-harness') => {
    ending ??= how;
    abort.abort();
  };
  const { method, url, body } = message;
  const headers = [...message.headers, ...message.shownCredentials];
  const elsewhere = message.stream === undefined ? {} : { stream: message.stream };
  recorder.add({ kind: 'request', exchange, ...cause, method, url, headers, body, ...elsewhere });
  const timer = setTimeout(() => close('timeout'), limits.caseMs);
  const run = async (): Promise<Ending> => {
    try {
      const response = await Promise.race([answered(pool, message, abort.signal), aborted(abort.signal)]);
      answeredBy.add(pool);
      const headers = pairs(response.headers);
      recorder.add({ kind: 'response', exchange, status: response.statusCode, headers });
      listener.onResponse?.(response.statusCode, headers);
      let size = 0;
      for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
        recorder.add({ kind: 'chunk', exchange, bytes: new Uint8Array(chunk) });
        listener.onChunk?.(chunk);
        size += chunk.length;
        if (size > limits.bodyBytes) close('limit');
      }
      if (message.stream === undefined) recorder.add({ kind: 'end', exchange, how: 'complete' });
      // Only then undici lends the connection again; to whoever asks earlier it gives another one.
      await nextTurn();
      return 'complete';
    } catch (error) {
      const how = ending ?? endingOf(error);
      recorder.add({ kind: 'end', exchange, how, ...(ending ? {} : { detail: describe(error) }) });
      return how;
    } finally {
      clearTimeout(timer);
    }
  };
  return { id: exchange, done: run(), close };
}

/** Pools that have connections which may have grown old. */
const answeredBy = new WeakSet<Agent>();
/** Connections that are used once. */
const fresh = new Agent({
  headersTimeout: 0,
  bodyTimeout: 0,
  connectTimeout: 0,
  maxHeaderSize: 256 * 1024,
  pipelining: 0,
});

/**
 * The head of the answer. A server may close an idle connection at the very moment a request is put on it; that is nobody's
 * fault, so the request is sent once more on a connection of its own (RFC 9112, section 9.3.1). If it breaks there as well,
 * it was the request.
 */
async function answered(pool: Agent, message: HttpRequest, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
  try {
    return await request(message.url, optionsOf(pool, message, signal));
  } catch (error) {
    if (signal.aborted || !answeredBy.has(pool) || !CLOSED.has(codeOf(error))) throw error;
    return request(message.url, optionsOf(fresh, message, signal)).catch(() => {
      throw error;
    });
  }
}

/** Rejects when the signal aborts; undici itself hears of it only once it has a connection, which may never come. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

type RawOptions = Omit<Dispatcher.RequestOptions, 'origin' | 'path' | 'method'> & {
  dispatcher: Agent;
  method: Dispatcher.HttpMethod;
};

function optionsOf(pool: Agent, message: HttpRequest, signal: AbortSignal): RawOptions {
  return {
    dispatcher: pool,
    // undici sends any token as the method; its types list the registered ones only
    method: message.method as Dispatcher.HttpMethod,
    headers: [...message.headers, ...message.credentials].flat(),
    body: message.body.length ? Buffer.from(message.body) : null,
    responseHeaders: 'raw',
    signal,
  };
}

/** undici gives raw headers as one flat list although its types say otherwise. */
function pairs(raw: unknown): HeaderPairs {
  const flat = Array.isArray(raw) ? raw.map(String) : [];
  return flat.flatMap((name, at) => (at % 2 ? [] : [[name, flat[at + 1] ?? ''] as const]));
}
