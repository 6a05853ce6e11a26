import type { Json, JsonObject } from '../../spec/messages.ts';
import type { Revision } from '../../spec/revisions.ts';
import type { Limits } from '../target/limits.ts';
import type { Recorder } from '../trace/trace.ts';
import { filledIn } from './filled-answers.ts';
import type { PlayedTasks } from './played-tasks.ts';

/** Headers of one step: a text or several replace or add, null leaves out. */
export type HeaderChanges = { readonly [name: string]: string | null | readonly string[] };

/** One message of a client, or one HTTP request without a message. */
export interface Sending {
  /** The step that causes it; -1 for the set-up, null for what the harness sends by itself. */
  readonly step: number | null;
  /** The HTTP method; over stdio there is none, and it says nothing. */
  readonly method: string;
  /** Another address than the target's, asked without session and credentials. */
  readonly url?: string;
  readonly body?: Uint8Array;
  readonly headers?: HeaderChanges;
  /** Ids whose responses end the wait. */
  readonly awaits?: readonly Json[];
  /** Over HTTP: milliseconds until the answer has to begin, where that is less than the limit of a step. */
  readonly patience?: number;
  /** Milliseconds to go on reading afterwards. */
  readonly hold?: number;
  /** Over stdio: write the message in two pieces, this many milliseconds apart, cut within a character if one is wide. */
  readonly cut?: number;
  /** Over stdio: write nothing, but close the server's input and wait for its end. */
  readonly closeInput?: boolean;
  /** Leave the stream open: the wait ends with the response's headers. */
  readonly keepOpen?: boolean;
}

/** The harness as one client of a server, over whatever transport. */
export interface Client {
  readonly sessionId: string | null;
  /** An id that this client has not used. */
  nextId(): number;
  /** The params of an ordinary initialize request. */
  initializeParams(): JsonObject;
  /** Sends one thing and waits as long as the sending says; gives the number of the exchange. */
  send(sending: Sending): Promise<number>;
  /** Ends what is still open and, politely, the session. */
  close(): Promise<void>;
}

/** What a client answers to the requests of a server, by method; null for what it never answers. */
export type Answers = { readonly [method: string]: JsonObject | null };

/** What a client shares with the other clients of its case, whatever the transport. */
export interface ClientSurroundings {
  readonly recorder: Recorder;
  readonly limits: Limits;
  readonly revision: Revision;
  readonly capabilities: JsonObject;
  readonly answers: Answers;
  /** What runs as tasks the requests of the server that are to be tasks; without it they are answered as others. */
  readonly tasks?: PlayedTasks;
  /** The tools of the server, as far as they are known: some of their arguments are repeated in headers. */
  readonly tools?: readonly JsonObject[];
}

/** The params of an ordinary initialize request. */
export function initializeParams({ revision, capabilities }: ClientSurroundings): JsonObject {
  return { protocolVersion: revision, capabilities, clientInfo: { name: 'mcp-assay', version: '0' } };
}

/**
 * What a client answers to a request of the server: pings always, other methods as the case says or with -32601. Null for
 * what the case leaves without an answer.
 */
export function replyTo(
  { id = null, method, params }: JsonObject,
  { answers, tasks }: ClientSurroundings,
): JsonObject | null {
  const name = String(method);
  const answer = Object.hasOwn(answers, name) ? answers[name] : undefined;
  if (answer === null) return null;
  const plain = name === 'ping' ? {} : answer && filledIn(answer, params);
  const result = tasks?.resultOf(name, params, plain) ?? plain;
  return result
    ? { jsonrpc: '2.0', id, result }
    : { jsonrpc: '2.0', id, error: { code: -32601, message: 'This client does not have that method' } };
}

/** Where a client's own ids begin: messages that cases write out whole use smaller ones, and none may come twice. */
export const FIRST_ID = 1_000;
