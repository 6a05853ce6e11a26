import type { Json, JsonObject } from '../../../spec/messages.ts';
import { factsOf, type Revision } from '../../../spec/revisions.ts';
import { readJson } from '../../trace/exchange.ts';
import { type HeaderPairs, headerValue } from '../../wire/headers.ts';
import { type Carried, carriedBy, fits, isStateless } from './arrived.ts';
import { cutBytes } from './cut.ts';
import { jsonText } from './json-text.ts';
import { type Arrival, type Plan, plainPlan } from './plan.ts';
import { type Said, usualAnswer } from './results.ts';
import type { AnswerRule, Reply, ServerScript } from './server-script.ts';
import { SessionBook } from './session-book.ts';
import { StreamWriter } from './stream-writer.ts';

type Request = Extract<Carried, { kind: 'request' }>;

/** Milliseconds before initialize is answered, so that what a client does not wait for comes before the answer. */
const OPENING_DELAY = 100;

const JSON_TYPE = ['Content-Type', 'application/json'] as const;

/** The server of one client case: says for each request, in the order they arrive, what is to be written in answer. */
export class ScriptPlayer {
  readonly #script: ServerScript;
  readonly #revision: Revision;
  readonly #sessions = new SessionBook();
  readonly #writer = new StreamWriter();
  readonly #counts = new Map<AnswerRule, number>();

  constructor(script: ServerScript, revision: Revision) {
    this.#script = script;
    this.#revision = revision;
  }

  /** Settles when the client has answered all that it was asked so far. */
  allAnswered(): Promise<void> {
    return this.#writer.allAnswered();
  }

  /** Takes the next request and says how it is answered. */
  plan(arrival: Arrival): Plan {
    const carried = carriedBy(arrival);
    this.#writer.noteAnswers(answersIn(carried));
    const session = headerValue(arrival.headers, 'mcp-session-id');
    const opens = carried.kind === 'request' && carried.method === 'initialize';
    if (this.#sessions.hasEnded(session) && !opens) return plainPlan(404, []);
    if (carried.kind === 'request') this.#writer.owe(carried.method, this.#response(carried));
    const rule = this.#ruleFor(arrival, carried);
    if (rule?.endSession) this.#sessions.end(session ?? this.#sessions.latest);
    return rule ? this.#scripted(rule, carried) : this.#usual(arrival, carried, session);
  }

  /** The first rule that fits; every rule counts its requests, whether or not it is the one that answers. */
  #ruleFor(arrival: Arrival, carried: Carried): AnswerRule | null {
    let found: AnswerRule | null = null;
    for (const rule of this.#script.answers ?? []) {
      if (!fits(rule, arrival, carried)) continue;
      const count = (this.#counts.get(rule) ?? 0) + 1;
      this.#counts.set(rule, count);
      if (rule.nth === undefined || rule.nth === count) found ??= rule;
    }
    return found;
  }

  #scripted(reply: Reply, carried: Carried): Plan {
    const response = carried.kind === 'request' ? this.#response(carried, reply) : undefined;
    const opens = carried.kind === 'request' && carried.method === 'initialize';
    const issued = opens && !reply.error ? this.#issued() : [];
    const stream = reply.stream ?? (response && this.#prefersStreams(reply) ? { events: [{ response: true }] } : null);
    const plan = stream ? this.#writer.plan(stream, response, issued) : bodyPlan(reply, response, issued);
    return {
      ...plan,
      delay: reply.delay ?? (opens ? OPENING_DELAY : 0),
      status: reply.status ?? plan.status,
      headers: changed(plan.headers, reply.headers ?? {}),
    };
  }

  #usual(arrival: Arrival, carried: Carried, session: string | null): Plan {
    switch (arrival.method) {
      case 'POST':
        return this.#usualPost(arrival, carried);
      case 'DELETE':
        this.#sessions.end(session);
        return plainPlan(session === null ? 400 : 200, []);
      default:
        return plainPlan(405, [['Allow', 'POST, DELETE']]);
    }
  }

  #usualPost(arrival: Arrival, carried: Carried): Plan {
    const read = readJson(arrival.body);
    if (!read.ok) return refusal(-32700, 'The body is not JSON');
    switch (carried.kind) {
      case 'request':
        return isStateless(read.value) ? plainPlan(400, []) : this.#scripted({}, carried);
      case 'batch':
        return this.#batch(carried.items);
      case 'nothing':
        return refusal(-32600, 'The body is not a JSON-RPC message');
      default:
        return plainPlan(202, []);
    }
  }

  #batch(items: readonly Carried[]): Plan {
    if (!factsOf(this.#revision).batching || !items.length) return refusal(-32600, 'The body is not one message');
    const requests = items.filter((item) => item.kind === 'request');
    if (!requests.length) return plainPlan(202, []);
    const issued = requests.some(({ method }) => method === 'initialize') ? this.#issued() : [];
    const answers = requests.map((item) => this.#response(item));
    return plainPlan(200, [JSON_TYPE, ...issued], [bytesOf(JSON.stringify(answers))]);
  }

  /** Whether an answer of no particular form is to be an event stream. */
  #prefersStreams({ text, form, cut, status = 200 }: Reply): boolean {
    return this.#script.answerAs === 'stream' && status === 200 && !text && !form && !cut;
  }

  #response({ id, method, params }: Request, reply: Pick<Reply, 'result' | 'error'> = {}): JsonObject {
    const usual = (): Said => usualAnswer(method, params, this.#script, this.#revision);
    const said = reply.error ? { error: reply.error } : reply.result === undefined ? usual() : { result: reply.result };
    return { jsonrpc: '2.0', id, ...said };
  }

  /** The session header that goes with a successful answer to initialize. */
  #issued(): HeaderPairs {
    const id = this.#sessions.issue(this.#script.session ?? true);
    const name = this.#script.sessionHeader ?? factsOf(this.#revision).sessionHeader;
    return id === null || name === null ? [] : [[name, id]];
  }
}

/** An answer that is not a stream: the text that the script wants, else the response, else just 202. */
function bodyPlan(reply: Reply, response: Json | undefined, issued: HeaderPairs): Plan {
  const cut = reply.cut ?? 'whole';
  if (reply.text !== undefined) return plainPlan(200, issued, cutBytes(bytesOf(reply.text), cut));
  if (response === undefined) return plainPlan(202, issued);
  return plainPlan(200, [JSON_TYPE, ...issued], cutBytes(bytesOf(jsonText(response, reply.form)), cut));
}

function refusal(code: number, message: string): Plan {
  return plainPlan(400, [JSON_TYPE], [bytesOf(JSON.stringify({ jsonrpc: '2.0', id: null, error: { code, message } }))]);
}

function changed(headers: HeaderPairs, changes: NonNullable<Reply['headers']>): HeaderPairs {
  const names = new Set(Object.keys(changes).map((name) => name.toLowerCase()));
  const added = Object.entries(changes).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
  return [...headers.filter(([name]) => !names.has(name.toLowerCase())), ...added];
}

function answersIn(carried: Carried): number {
  if (carried.kind === 'batch') return carried.items.filter(({ kind }) => kind === 'response').length;
  return carried.kind === 'response' ? 1 : 0;
}

function bytesOf(text: string): Uint8Array {
  return Buffer.from(text, 'utf8');
}
