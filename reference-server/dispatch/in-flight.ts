import type { RequestId } from '../../spec/messages.ts';

/** Why a request was stopped before it was answered. */
export type StopReason = 'cancelled' | 'session-ended' | 'shutdown';

/** One request in flight. */
export interface Flight {
  /** Aborts when the request is stopped. */
  readonly signal: AbortSignal;
  /** Settles when the request is stopped; never, if it is not. */
  readonly stopped: Promise<undefined>;
  /** Why it was stopped, undefined while it was not. */
  readonly reason: StopReason | undefined;
  /** To be called when the request has been answered. */
  finish(): void;
}

/** The requests of one session that have not been answered yet. Ids 1 and "1" are different requests. */
export class InFlight {
  readonly #stops = new Map<RequestId, (reason: StopReason) => void>();
  readonly #lasting = new Set<RequestId>();

  get size(): number {
    return this.#stops.size;
  }

  /**
   * Registers a request; undefined when its id is in flight already.
   *
   * @param lasting whether it is answered only when it is stopped
   */
  begin(id: RequestId, lasting = false): Flight | undefined {
    if (this.#stops.has(id)) return undefined;
    if (lasting) this.#lasting.add(id);
    const controller = new AbortController();
    const { promise, resolve } = withResolvers<undefined>();
    let reason: StopReason | undefined;
    this.#stops.set(id, (why) => {
      reason ??= why;
      controller.abort();
      resolve(undefined);
    });
    return {
      signal: controller.signal,
      stopped: promise,
      get reason() {
        return reason;
      },
      finish: () => {
        this.#stops.delete(id);
        this.#lasting.delete(id);
      },
    };
  }

  /** Stops one request; false when there is none with this id. */
  stop(id: RequestId, reason: StopReason): boolean {
    const stop = this.#stops.get(id);
    stop?.(reason);
    return stop !== undefined;
  }

  /** Stops the requests that would never end by themselves. */
  stopLasting(reason: StopReason): void {
    for (const id of [...this.#lasting]) this.stop(id, reason);
  }

  stopAll(reason: StopReason): void {
    for (const stop of [...this.#stops.values()]) stop(reason);
  }
}

// Promise.withResolvers came with Node 22.
function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
