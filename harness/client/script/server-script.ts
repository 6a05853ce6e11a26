import type { Json, JsonObject } from '../../../spec/messages.ts';

/**
 * What the harness does as the server of a client case, as data. All parts have defaults: a server that says nothing
 * agrees to the judged revision, issues a session id, offers three tools and answers in plain JSON.
 */
export interface ServerScript {
  /** The protocolVersion that initialize is answered with; `offered` repeats the client's. Default: the judged revision. */
  readonly version?: string;
  /** Whether initialize issues a session id; default true. */
  readonly session?: boolean | string;
  /** How the session header is spelled; default as the revision spells it. */
  readonly sessionHeader?: string;
  /** Default: tools only. */
  readonly capabilities?: JsonObject;
  /** The pages of tools/list; default one page with all tools. */
  readonly pages?: readonly ToolPage[];
  /** The form of answers to requests that no rule gives another; default JSON. */
  readonly answerAs?: 'json' | 'stream';
  /** What is answered otherwise than by default; the first rule that fits a request counts. */
  readonly answers?: readonly AnswerRule[];
}

/** One page of the list of tools. */
export interface ToolPage {
  /** How many tools the page holds. */
  readonly tools: number;
  /** The cursor that leads to the next page; the last page has none. */
  readonly nextCursor?: string;
}

/** Which of a client's requests a rule answers, and how. */
export type AnswerRule = RequestPattern & Reply;

/** Which requests a rule answers. */
export interface RequestPattern {
  /** A JSON-RPC method, an HTTP method other than POST, or `response` for a POST that carries one. */
  readonly to: string;
  /** Only the request that is the n-th of its kind, counted from 1. */
  readonly nth?: number;
  /** Only requests with (true) or without (false) a Last-Event-ID. */
  readonly resuming?: boolean;
}

/** How one request is answered. */
export interface Reply {
  /** Milliseconds before the answer begins. */
  readonly delay?: number;
  readonly status?: number;
  /** Headers to replace, add, or (null) leave out. */
  readonly headers?: { readonly [name: string]: string | null };
  /** The result in place of the default one. */
  readonly result?: Json;
  /** The error in place of a result. */
  readonly error?: JsonObject;
  /** How the JSON is written: `compact` (default), `pretty` over many lines, or `escaped` in ASCII. */
  readonly form?: 'compact' | 'pretty' | 'escaped';
  /** Any text as the body. */
  readonly text?: string;
  /** An event stream as the body. */
  readonly stream?: StreamScript;
  /** Where a body that is not a stream is cut into chunks; default not at all. */
  readonly cut?: Cut;
  /** The session ends with this request: from now on its id gets 404. */
  readonly endSession?: boolean;
}

/** How an event stream is written. */
export interface StreamScript {
  /** Default: a line feed. */
  readonly newline?: string;
  readonly bom?: boolean;
  readonly cut?: Cut;
  readonly events: readonly EventScript[];
  /** What every event has besides its own. */
  readonly each?: EventScript;
  /** `complete` (default) ends the body, `drop` breaks the connection, `open` leaves it open. */
  readonly ending?: 'complete' | 'drop' | 'open';
}

/** Where bytes are cut into chunks: one for all, one per event, per byte, within characters, or after each such text. */
export type Cut = 'whole' | 'events' | 'bytes' | 'characters' | { readonly after: string };

/** One event of a stream, or any text in its place. */
export interface EventScript {
  /** Verbatim text; nothing else of the event counts. */
  readonly raw?: string;
  /** The response to the request under way, or to the latest unanswered one of a method. */
  readonly response?: true | string;
  /** A message, or several as a batch; jsonrpc is added. */
  readonly message?: JsonObject | readonly JsonObject[];
  /** Any data. */
  readonly data?: string;
  /** The event's name; default `message`, null leaves the field out. */
  readonly event?: string | null;
  readonly id?: string;
  readonly retry?: number;
  /** Further lines, verbatim, at the beginning of the event. */
  readonly lines?: readonly string[];
  /** Writes the JSON over several data lines. */
  readonly spread?: boolean;
  /** Whether a space follows the colons; default true. */
  readonly space?: boolean;
  /** Milliseconds to wait before the event. */
  readonly wait?: number;
  /** Hold the event until the client has answered all that it was asked, or half the time limit of a step is up. */
  readonly awaitsAnswers?: boolean;
}
