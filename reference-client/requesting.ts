/** Sending requests and waiting for their responses. */
import type { JsonObject, JsonRpcNotification, JsonRpcResponse } from '../spec/messages.ts';
import type { Conduct } from './conduct.ts';
import { type InFlight, InFlightRequests } from './in-flight.ts';
import { request, withProgressToken } from './messages.ts';
import { describeFailure, type Failure, fail, type Outcome, succeed } from './results.ts';
import type { Session } from './session.ts';
import type { Transport } from './transport.ts';

/** How one request is made. */
export interface RequestOptions {
  /** Milliseconds to wait for the response; when they are over, the request is cancelled. */
  timeoutMs?: number;
  /** Cancels the request. */
  signal?: AbortSignal;
  /** Asks for progress; called with the params of each progress notification. Must not throw. */
  onProgress?: (params: JsonObject) => void;
}

/** What requests are made with. */
export interface RequestingParts {
  conduct: Conduct;
  transport: Transport;
  /** The time limit of requests that name none, in milliseconds. */
  timeoutMs: number;
  /** Sends a notification without waiting for it. */
  tell(message: JsonRpcNotification, session: Session): void;
}

export class Requesting {
  readonly #parts: RequestingParts;
  readonly #inFlight = new InFlightRequests();
  /** Counts over all sessions, so that no id comes twice in any of them. */
  #count = 0;

  constructor(parts: RequestingParts) {
    this.#parts = parts;
  }

  /** Sends one request in a session and waits for its response, its time limit or its cancellation. */
  send(
    session: Session,
    method: string,
    params: JsonObject | undefined,
    options: RequestOptions,
  ): Promise<Outcome<JsonObject>> {
    const { conduct, transport, timeoutMs: usualMs } = this.#parts;
    const { signal, onProgress, timeoutMs = usualMs } = options;
    if (signal?.aborted) return Promise.resolve(fail(cancelled(method, signal)));

    this.#count += 1;
    const id = conduct.requestId(this.#count);
    const progressToken = onProgress && conduct.progressToken(this.#count);
    const message = request(
      id,
      method,
      progressToken === undefined ? params : withProgressToken(params, progressToken),
    );

    return new Promise((resolve) => {
      const timer = setTimeout(
        () => this.#giveUp(inFlight, session, { kind: 'timeout', method, afterMs: timeoutMs }),
        timeoutMs,
      );
      const onAbort = () => signal && this.#giveUp(inFlight, session, cancelled(method, signal));
      signal?.addEventListener('abort', onAbort);
      const settle = (outcome: Outcome<JsonObject>) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        resolve(outcome);
      };
      const inFlight: InFlight = { id, method, progressToken, onProgress, settle };
      this.#inFlight.add(inFlight);

      const isAwaited = () => this.#inFlight.isAwaited(id);
      void transport.send({ message, session, isAwaited }).then((sent) => {
        if (!sent.ok) this.#inFlight.settle(id, sent);
      });
    });
  }

  /** Takes a response; one that answers nothing in flight is ignored. */
  answered(response: JsonRpcResponse): void {
    if ('result' in response) this.#inFlight.settle(response.id, succeed(response.result));
    else if (response.id !== undefined && response.id !== null) {
      this.#inFlight.settle(response.id, fail({ kind: 'protocol-error', ...response.error }));
    }
  }

  /** Takes a progress notification; one for a request that is over is ignored. */
  progressed(params: JsonObject): void {
    this.#inFlight.byProgressToken(params.progressToken)?.onProgress?.(params);
  }

  failAll(failure: Failure): void {
    this.#inFlight.failAll(failure);
  }

  /** Stops waiting and says so to the server, as it may still be working on it. */
  #giveUp(inFlight: InFlight, session: Session, failure: Failure): void {
    this.#inFlight.settle(inFlight.id, fail(failure));
    const cancellation = this.#parts.conduct.cancellation(inFlight, describeFailure(failure));
    if (cancellation) this.#parts.tell(cancellation, session);
  }
}

function cancelled(method: string, signal: AbortSignal): Failure {
  const reason: unknown = signal.reason;
  return { kind: 'cancelled', method, reason: reason instanceof Error ? reason.message : String(reason) };
}
