import type { Json, JsonObject } from '../../spec/messages.ts';
import type { Transport } from '../../spec/revisions.ts';
import type { TaskPlay } from '../session/played-tasks.ts';

/** A JSON Schema as a case file writes it, placeholders included. */
export type Schema = JsonObject | boolean;

/** Schemas for parts of what was seen; see `Observation`. */
export type Seen = { readonly [part: string]: Schema };

/** What a step demands of the answer for one requirement. */
export interface Expectation {
  readonly rule?: string;
  readonly when?: Seen;
  readonly revisions?: string;
  readonly transports?: readonly Transport[];
  readonly that: Seen;
  readonly atMost?: 'warn' | 'info';
  readonly because?: string;
}

/** What must hold for the rest of a case to mean anything. */
export interface Assumption {
  readonly that: Seen;
  readonly otherwise: 'not-applicable' | 'not-verified' | 'blocked';
  readonly because: string;
}

/** A method with its params, as a case writes it. */
export interface Call {
  readonly id?: Json;
  readonly method: string;
  readonly params?: Json;
}

/** What a step does. */
export type Action =
  | { readonly initialize: JsonObject }
  | { readonly request: Call }
  | { readonly notify: Call }
  | { readonly respond: JsonObject }
  | { readonly send: Json }
  | { readonly text: string }
  | { readonly base64: string }
  | { readonly close: 'input' }
  | { readonly http: { readonly method: string; readonly url?: string; readonly keepOpen?: boolean } };

/** One action and what must be seen of it. */
export type Step = Action & {
  readonly name?: string;
  /** The example of a table that the step was made for. */
  readonly example?: string;
  readonly client?: string;
  readonly headers?: { readonly [name: string]: string | null | readonly string[] };
  /** Members of `params._meta` to add or (null) leave out; false for none, not even those that every request has. */
  readonly meta?: JsonObject | string | false;
  readonly background?: boolean;
  /** Go on once the client has got a message that fits, which is then `found` in what was seen; or when it has waited long. */
  readonly until?: JsonObject;
  /** Whether the response is waited for; without, a stream is read for `hold` milliseconds. */
  readonly await?: boolean;
  readonly keepOpen?: boolean;
  /** Over stdio: milliseconds between two pieces in which the message is written. */
  readonly cut?: number;
  readonly hold?: number;
  /** Repeats the step until this is seen or the time of a step is up; what is judged then is the last answer. */
  readonly repeatUntil?: Seen;
  readonly assume?: readonly Assumption[];
  readonly expect?: Seen | readonly Expectation[];
};

/** Steps that are made once for each example of a table, one after the other in the same session. */
export interface StepsForEach {
  readonly each: { readonly [name: string]: JsonObject };
  readonly steps: readonly Step[];
}

/** A case as its file writes it. */
export interface CaseEntry {
  readonly id: string;
  readonly title: string;
  readonly requires: readonly string[];
  readonly revisions?: string;
  readonly transports?: readonly Transport[];
  /** Whether it runs alone after all other checks, since it may put a server out of order. */
  readonly last?: true;
  readonly given?: 'none' | 'initialized' | 'ready';
  readonly needs?: readonly string[];
  readonly capabilities?: JsonObject;
  /** Results for requests of the server, by method; null for what is never answered. */
  readonly answers?: { readonly [method: string]: JsonObject | null };
  /** How the client runs requests of the server that are to be tasks. */
  readonly tasks?: TaskPlay;
  readonly examples?: { readonly [name: string]: JsonObject };
  readonly steps: readonly (Step | StepsForEach)[];
}

/** A case ready to run: one example of its table, with the file it came from. */
export interface Case extends CaseEntry {
  /** `id`, or `id/example` where the case has examples. */
  readonly id: string;
  readonly file: string;
  /** One after the other, those for each example of a table spelled out. */
  readonly steps: readonly Step[];
  /** The members of the example. */
  readonly example: JsonObject;
}

/** The expectations of a step in their long form. */
export function expectationsOf(step: Step): readonly Expectation[] {
  if (!step.expect) return [];
  return isList(step.expect) ? step.expect : [{ that: step.expect }];
}

function isList(value: Seen | readonly Expectation[]): value is readonly Expectation[] {
  return Array.isArray(value);
}
