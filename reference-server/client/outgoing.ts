import type { Json, JsonObject, JsonRpcResponse, RequestId } from '../../spec/messages.ts';
import type { ServerMessage } from '../dispatch/context.ts';
import { quoted } from '../envelope/error.ts';
import { isObject } from '../envelope/message.ts';
import { ClientFailed } from './ask.ts';

/** Where those who need a server that is wrong can change what it says of its own requests. */
export interface OutgoingSteps {
  progressTokenFor: typeof progressTokenFor;
  cancellation: typeof cancellation;
  sayCancelled: typeof sayCancelled;
}

/**
 * The token under which a client may say how far it is: no other request has it. Whatever the client says, its time is not
 * prolonged (2025-11-25, basic/utilities/progress, "Progress Flow"; basic/lifecycle, "Timeouts").
 */
export function progressTokenFor(id: string): Json {
  return id;
}

/** What is said of a request that is given up (2025-11-25, basic/utilities/cancellation, "Cancellation Flow"). */
export function cancellation(requestId: string, reason: string): JsonObject {
  return { requestId, reason };
}

/** Tells the client that a request is given up. */
export function sayCancelled(params: JsonObject, send: (message: ServerMessage) => void): void {
  send({ jsonrpc: '2.0', method: 'notifications/cancelled', params });
}

/** The requests to one client that it has not answered yet. */
export class Outgoing {
  readonly #waiting = new Map<RequestId, (response: JsonRpcResponse) => void>();
  readonly #failing = new Set<(why: string) => void>();
  #count = 0;

  get size(): number {
    return this.#waiting.size;
  }

  /**
   * Sends a request to the client and waits for the answer. If the signal aborts or the time is up, the request is
   * cancelled (2025-11-25, basic/utilities/cancellation; basic/lifecycle, "Timeouts").
   *
   * @throws ClientFailed when the client answers with an error, or not at all
   */
  request(
    { method, params }: { method: string; params: JsonObject },
    {
      send,
      signal,
      timeoutMs,
      steps = { progressTokenFor, cancellation, sayCancelled },
    }: { send: (message: ServerMessage) => void; signal: AbortSignal; timeoutMs: number; steps?: OutgoingSteps },
  ): Promise<JsonObject> {
    this.#count += 1;
    const id = `server-${this.#count}`;
    return new Promise((resolve, reject) => {
      const fail = (why: string) => {
        settle();
        reject(new ClientFailed(why));
      };
      const cancel = (reason: string) => {
        steps.sayCancelled(steps.cancellation(id, reason), send);
        fail(reason);
      };
      const aborted = () => cancel('The request that this was for is over.');
      const timer = setTimeout(() => cancel(`No answer to "${method}" within ${timeoutMs} ms.`), timeoutMs);
      const settle = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', aborted);
        this.#waiting.delete(id);
        this.#failing.delete(fail);
      };
      this.#failing.add(fail);
      this.#waiting.set(id, (response) => {
        settle();
        if ('result' in response) resolve(response.result);
        else
          reject(new ClientFailed(`The client answered "${method}" with an error: ${quoted(response.error.message)}`));
      });
      if (signal.aborted) return fail('The request that this was for is over.');
      signal.addEventListener('abort', aborted);
      const meta = isObject(params._meta) ? params._meta : {};
      const _meta = { progressToken: steps.progressTokenFor(id), ...meta };
      send({ jsonrpc: '2.0', id, method, params: { ...params, _meta } });
    });
  }

  /** Takes a response of the client; false when it answers nothing that was asked, or nothing any more. */
  settle(response: JsonRpcResponse): boolean {
    const take = response.id === undefined || response.id === null ? undefined : this.#waiting.get(response.id);
    take?.(response);
    return take !== undefined;
  }

  /** Gives up waiting: the client is gone. */
  failAll(why: string): void {
    for (const fail of [...this.#failing]) fail(why);
  }
}
