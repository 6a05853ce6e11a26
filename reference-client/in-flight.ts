/** The requests that wait for their response. */
import type { JsonObject, RequestId } from '../spec/messages.ts';
import type { Failure, Outcome } from './results.ts';
import { fail } from './results.ts';

/** One request that was sent and not yet settled. */
export interface InFlight {
  id: RequestId;
  method: string;
  progressToken: string | number | undefined;
  /** Called with the params of each progress notification for this request. */
  onProgress: ((params: JsonObject) => void) | undefined;
  /** Ends the waiting. */
  settle(outcome: Outcome<JsonObject>): void;
}

/** All requests in flight of one client, found by id or by progress token; ids match in value and in type. */
export class InFlightRequests {
  readonly #byId = new Map<RequestId, InFlight>();

  add(inFlight: InFlight): void {
    this.#byId.set(inFlight.id, inFlight);
  }

  isAwaited(id: RequestId): boolean {
    return this.#byId.has(id);
  }

  /** Settles a request once; what comes for an id that is not in flight is dropped. */
  settle(id: RequestId, outcome: Outcome<JsonObject>): void {
    const inFlight = this.#byId.get(id);
    this.#byId.delete(id);
    inFlight?.settle(outcome);
  }

  /** Settles all that is left with the same failure. */
  failAll(failure: Failure): void {
    for (const id of [...this.#byId.keys()]) this.settle(id, fail(failure));
  }

  byProgressToken(token: unknown): InFlight | undefined {
    return [...this.#byId.values()].find((inFlight) => inFlight.progressToken === token);
  }
}
