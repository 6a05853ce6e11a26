/**
 * One HTTP request and its answer.
 *
 * undici's `request` and not `fetch`: it sends exactly the headers it is given, follows no redirect, and has a
 * connection pool that can be closed with the client.
 */
import { type Dispatcher, request } from 'undici';
import { type Outcome, succeed } from './results.ts';

/** A request as it goes out. */
export interface HttpRequest {
  verb: Dispatcher.HttpMethod;
  url: URL;
  headers: Record<string, string>;
  body?: Uint8Array;
  /** Ends the exchange, the reading of the body included. */
  signal: AbortSignal;
  dispatcher: Dispatcher;
}

/** An answer whose body is still to be read: by exactly one of `chunks`, `text` and `discard`. */
export interface HttpAnswer {
  status: number;
  /** The value of a header, looked up in lower case; the first when there are several. */
  header(name: string): string | undefined;
  /** The body's chunks as they arrive. Throws when the connection breaks. */
  chunks(): AsyncIterable<Uint8Array>;
  /** The whole body, decoded as UTF-8, or why it could not be read to its end. */
  text(): Promise<Outcome<string>>;
  /** Lets go of the body unread. */
  discard(): void;
}

/** Sends one request; resolves when the answer's headers are there, or with a `connection` failure. */
export type Exchange = (request: HttpRequest) => Promise<Outcome<HttpAnswer>>;

/** Exchanges by undici. */
export const exchangeByUndici: Exchange = async ({ verb, url, headers, body, signal, dispatcher }) => {
  try {
    const answer = await request(url, { method: verb, headers, body: body ?? null, signal, dispatcher });
    return succeed(readable(answer));
  } catch (error) {
    return brokenConnection(error);
  }
};

function readable({ statusCode, headers, body }: Dispatcher.ResponseData): HttpAnswer {
  return {
    status: statusCode,
    header: (name) => {
      const value = headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
    chunks: () => body,
    text: async () => {
      try {
        return succeed(await body.text());
      } catch (error) {
        return brokenConnection(error);
      }
    },
    discard: () => {
      // Read and dropped rather than destroyed, so that the connection can be used again.
      body.dump().catch(() => {});
    },
  };
}

/** The `connection` failure for whatever the HTTP stack threw. */
export function brokenConnection(error: unknown): { ok: false; failure: { kind: 'connection'; reason: string } } {
  return { ok: false, failure: { kind: 'connection', reason: reasonOf(error) } };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Several addresses tried in vain come as one error without a message of its own.
  const reason = error instanceof AggregateError ? error.errors.map(reasonOf).join('; ') : error.message;
  return reason === '' ? error.name : reason;
}
