import type { JsonObject } from '../../../spec/messages.ts';
import type { Transport } from '../../../spec/revisions.ts';
import type { Schema, Seen } from '../../case/case.ts';
import type { ServerScript } from '../script/server-script.ts';

/** Which of the client's HTTP requests an expectation speaks of: a JSON-RPC or HTTP method, or several conditions. */
export type Selection = string | SelectionParts;

/** Conditions that all have to hold; where several values are given, one of them. */
export interface SelectionParts {
  /** HTTP methods. */
  readonly http?: string | readonly string[];
  /** JSON-RPC methods of a message in the body. */
  readonly method?: string | readonly string[];
  /** Kinds of a message in the body. */
  readonly kind?: MessageKind | readonly MessageKind[];
  /** Only requests with (true) or without (false) a Last-Event-ID. */
  readonly resuming?: boolean;
  /** None that carries a message of these methods. */
  readonly except?: string | readonly string[];
  /** Only requests that began after the answer to the first request of this selection had ended. */
  readonly after?: Selection;
  /** Only requests that began before that. */
  readonly before?: Selection;
  /** Only the n-th of those that fit, counted from 1. */
  readonly nth?: number;
}

/** What a message is meant as, well-formed or not. */
export type MessageKind = 'request' | 'notification' | 'response';

/** What is demanded of the client's requests for one requirement. */
export interface ClientExpectation {
  readonly rule?: string;
  readonly of: Selection;
  /** Judge a request only if this is seen of it. */
  readonly when?: Seen;
  readonly revisions?: string;
  /** What must be seen of each request selected. */
  readonly that?: Seen;
  /** How many requests must be selected, as a schema for a number. */
  readonly count?: Schema;
  readonly atMost?: 'warn' | 'info';
  readonly because?: string;
}

/** What must hold for a case to mean anything. */
export interface ClientAssumption {
  readonly of: Selection;
  readonly that?: Seen;
  readonly count?: Schema;
  readonly otherwise: 'not-applicable' | 'not-verified' | 'blocked';
  readonly because: string;
}

/** A client case as its file writes it. */
export interface ClientCaseEntry {
  readonly id: string;
  readonly title: string;
  readonly requires: readonly string[];
  readonly revisions?: string;
  readonly transports?: readonly Transport[];
  readonly scenario: string;
  readonly context?: JsonObject;
  /** What the survey must have shown of the client; see `client-needs.ts`. */
  readonly needs?: readonly string[];
  /** What the client would have to do where its traffic shows nothing of a rule, as the end of a sentence. */
  readonly occasion?: string;
  readonly server?: JsonObject;
  readonly assume?: readonly ClientAssumption[];
  readonly expect: readonly ClientExpectation[];
  readonly examples?: { readonly [name: string]: JsonObject };
}

/** A client case ready to run: one example of its table, with the file it came from. */
export interface ClientCase extends Omit<ClientCaseEntry, 'server' | 'context' | 'examples'> {
  /** `id`, or `id/example` where the case has examples. */
  readonly id: string;
  readonly file: string;
  readonly example: JsonObject;
  /** What the client is told, placeholders filled in. */
  readonly context: JsonObject;
  /** What the harness does, placeholders filled in. */
  readonly server: ServerScript;
}
