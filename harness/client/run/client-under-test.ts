import type { JsonObject } from '../../../spec/messages.ts';

/** What a client is started with: the official suite's convention for test clients. */
export interface Invocation {
  /** The address of the server, which becomes the last argument. */
  readonly url: string;
  /** MCP_CONFORMANCE_SCENARIO. */
  readonly scenario: string;
  /** MCP_CONFORMANCE_CONTEXT, as JSON. */
  readonly context: JsonObject;
}

/** How a client came to its end, with what it said meanwhile (the last part of it). */
export interface ClientEnd {
  /** `exit` by itself, `signal` from elsewhere, `stopped` by the harness, `not-started` when there was no process. */
  readonly how: 'exit' | 'signal' | 'stopped' | 'not-started';
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A client that was started. */
export interface RunningClient {
  /** Settles when the client has ended; never rejects. */
  readonly ended: Promise<ClientEnd>;
  /** Ends it, first politely; settles like `ended`. */
  stop(): Promise<ClientEnd>;
}

/** Starts the client under test once. */
export type StartClient = (invocation: Invocation) => RunningClient;
