import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Agent, Dispatcher } from 'undici';
import type { Limits } from '../target/limits.ts';
import type { Ending, Recorder } from '../trace/trace.ts';
import type { HeaderPairs } from '../wire/headers.ts';
import { CLOSED, codeOf, describe, endingOf } from './connection-errors.ts';
import { singleUse } from './pool.ts';

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
  const id = recorder.nextExchange();
  const { method, url, body, stream } = message;
  const headers = [...message.headers, ...message.shownCredentials];
  const elsewhere = stream === undefined ? {} : { stream };
  recorder.add({ kind: 'request', exchange: id, ...cause, method, url, headers, body, ...elsewhere });
  const running = new RunningExchange(id, { pool, recorder, message, limits, listener });
  running.dispatch(pool);
  return { id, done: running.done, close: (how) => running.close(how) };
}

interface Parts {
  readonly pool: Agent;
  readonly recorder: Recorder;
  readonly message: HttpRequest;
  readonly limits: Limits;
  readonly listener: ExchangeListener;
}

/** Pools that have connections which may have grown old. */
const answeredBy = new WeakSet<Agent>();
/** What undici is told when the harness ends an exchange: one error for all, since a stack takes long to make. */
const ENOUGH = new Error('the harness had enough of it');

/** An exchange as undici drives it. */
class RunningExchange implements Dispatcher.DispatchHandler {
  readonly done: Promise<Ending>;
  readonly #id: number;
  readonly #parts: Parts;
  readonly #timer: NodeJS.Timeout;
  #settle: (how: Ending) => void = () => undefined;
  #controller: Dispatcher.DispatchController | null = null;
  /** How it ended; null while it runs. */
  #ending: Ending | null = null;
  #answered = false;
  #size = 0;
  /** What broke the first sending, where there was a second one. */
  #broken: Error | null = null;

  constructor(id: number, parts: Parts) {
    this.#id = id;
    this.#parts = parts;
    this.done = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.#timer = setTimeout(() => this.close('timeout'), parts.limits.caseMs);
  }

  dispatch(pool: Agent): void {
    const { message } = this.#parts;
    try {
      const { origin, pathname, search } = new URL(message.url);
      pool.dispatch({ origin, path: `${pathname}${search}`, ...optionsOf(message) }, this);
    } catch (error) {
      this.#end(endingOf(error), describe(error));
    }
  }

  close(how: Ending = 'closed-by-harness'): void {
    // undici hears of it only once it has a connection, which may never come
    this.#end(how);
    this.#controller?.abort(ENOUGH);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#ending) controller.abort(ENOUGH);
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
    if (this.#ending || status < 200) return;
    const { pool, recorder, listener } = this.#parts;
    this.#answered = true;
    answeredBy.add(pool);
    const headers = pairs(controller.rawHeaders);
    recorder.add({ kind: 'response', exchange: this.#id, status, headers });
    listener.onResponse?.(status, headers);
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    if (this.#ending) return;
    const { recorder, listener, limits } = this.#parts;
    recorder.add({ kind: 'chunk', exchange: this.#id, bytes: new Uint8Array(chunk) });
    listener.onChunk?.(chunk);
    this.#size += chunk.length;
    if (this.#size > limits.bodyBytes) this.close('limit');
  }

  onResponseEnd(): void {
    this.#end('complete');
  }

  /**
   * A server may close an idle connection at the very moment a request is put on it; that is nobody's fault, so the request
   * is sent once more on a connection of its own (RFC 9112, section 9.3.1). If it breaks there as well, it was the request.
   */
  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#ending) return;
    const isOld = !this.#answered && answeredBy.has(this.#parts.pool) && CLOSED.has(codeOf(error));
    if (isOld && !this.#broken) {
      this.#broken = error;
      this.dispatch(singleUse);
      return;
    }
    const cause = this.#answered ? error : (this.#broken ?? error);
    this.#end(endingOf(cause), describe(cause));
  }

  #end(how: Ending, detail?: string): void {
    if (this.#ending) return;
    this.#ending = how;
    clearTimeout(this.#timer);
    const { recorder, message } = this.#parts;
    const twice = this.#broken && `sent twice, since the first connection was gone: ${describe(this.#broken)}`;
    const said = detail ?? twice;
    if (how !== 'complete' || message.stream === undefined) {
      recorder.add({ kind: 'end', exchange: this.#id, how, ...(said ? { detail: said } : {}) });
    }
    if (how === 'complete') void connectionIsFree().then(() => this.#settle(how));
    else this.#settle(how);
  }
}

/**
 * Only at the next turn, and only when it has been told of the end itself, undici lends a connection again; to whoever asks
 * earlier it gives another one.
 */
async function connectionIsFree(): Promise<void> {
  await undefined;
  await nextTurn();
}

function optionsOf(message: HttpRequest): Pick<Dispatcher.DispatchOptions, 'method' | 'headers' | 'body'> {
  return {
    // undici sends any token as the method; its types list the registered ones only
    method: message.method as Dispatcher.HttpMethod,
    headers: [...message.headers, ...message.credentials].flat(),
    body: message.body.length ? Buffer.from(message.body) : null,
  };
}

/** Header fields as undici keeps them: one flat list of names and values. */
function pairs(raw: Dispatcher.DispatchController['rawHeaders']): HeaderPairs {
  const flat = Array.isArray(raw) ? raw.map((part) => part.toString('latin1')) : [];
  return flat.flatMap((name, at) => (at % 2 ? [] : [[name, flat[at + 1] ?? ''] as const]));
}
