import type { ServerResponse } from 'node:http';
import type { JsonRpcMessage } from '../../spec/messages.ts';
import type { InFlight } from '../dispatch/in-flight.ts';
import type { Session } from '../sessions/session.ts';

/** One client of the HTTP+SSE transport: a stream that carries everything to it, and the session on it. */
export interface Connection {
  /** The secret in the URL that the client posts to. */
  readonly id: string;
  readonly response: ServerResponse;
  /** Undefined until the client has sent `initialize`. */
  session: Session | undefined;
  send(message: JsonRpcMessage): void;
}

/** The open connections of the HTTP+SSE transport. */
export class LegacySse {
  readonly #connections = new Map<string, Connection>();

  get size(): number {
    return this.#connections.size;
  }

  add(connection: Connection): void {
    this.#connections.set(connection.id, connection);
  }

  find(id: string): Connection | undefined {
    return this.#connections.get(id);
  }

  remove(connection: Connection): void {
    this.#connections.delete(connection.id);
  }

  /** Ends all connections, once what is in flight on them has been answered. */
  endAll(): void {
    for (const { response } of this.#connections.values()) response.end();
    this.#connections.clear();
  }
}

/** What the requests of a connection are stopped by when the client goes: nobody can be answered any more. */
export function connectionLost(inFlight: InFlight): void {
  inFlight.stopAll('cancelled');
}
