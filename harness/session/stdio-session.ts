import type { Json, JsonObject } from '../../spec/messages.ts';
import { factsOf } from '../../spec/revisions.ts';
import { STDIN } from '../trace/exchange.ts';
import { unquoted } from '../trace/stdio-answers.ts';
import type { Ending } from '../trace/trace.ts';
import { type Habits, habitsOf } from '../transport/habits.ts';
import type { ServerCommand } from '../transport/server-process.ts';
import { StdioServer } from '../transport/stdio.ts';
import { isObject, isRequestId } from '../wire/json-rpc.ts';
import { LinePieces } from '../wire/line-pieces.ts';
import { type Client, type ClientSurroundings, FIRST_ID, initializeParams, replyTo, type Sending } from './client.ts';

/** How long the right response is waited for after one that has the id of no request, in milliseconds. */
const STRAY_MS = 1_000;

/** How long a server is waited for that was told to go, in milliseconds, and one whose like did not go by itself. */
const PATIENCE_MS = 2_000;
const LITTLE_PATIENCE_MS = 200;

/** The harness as the client of a server that it starts as a child process. */
export class StdioSession implements Client {
  readonly sessionId = null;
  #ids = FIRST_ID;
  #closing = false;
  /** Whether the server has answered anything, and so has started. */
  #started = false;
  readonly #begin = performance.now();
  readonly #name: string;
  readonly #around: ClientSurroundings;
  readonly #server: StdioServer;
  readonly #habits: Habits;
  /** The ids of all requests so far, spelled as JSON. */
  readonly #asked = new Set<string>();
  readonly #listeners = new Set<(messages: readonly JsonObject[]) => void>();

  constructor(name: string, command: ServerCommand, around: ClientSurroundings) {
    this.#name = name;
    this.#around = around;
    this.#habits = habitsOf(command);
    this.#server = new StdioServer(command, name, around.recorder, around.limits);
    const pieces = new LinePieces<{ readonly bytes: Uint8Array }>();
    this.#server.onLine((bytes) => {
      for (const { values } of pieces.push({ bytes })) this.#hear(values);
    });
  }

  nextId(): number {
    this.#ids += 1;
    return this.#ids;
  }

  initializeParams(): JsonObject {
    return initializeParams(this.#around);
  }

  async send(sending: Sending): Promise<number> {
    const { recorder } = this.#around;
    const exchange = recorder.nextExchange();
    const body = sending.closeInput
      ? new Uint8Array()
      : Buffer.concat([sending.body ?? new Uint8Array(), Buffer.from('\n')]);
    const request = { method: STDIN, url: 'stdio:', headers: [], body };
    recorder.add({ kind: 'request', exchange, client: this.#name, step: sending.step, ...request });
    const how = sending.closeInput ? await this.#closeInput() : await this.#exchange(body, sending);
    if (how === 'complete' && sending.hold) await this.#pause(sending.hold);
    recorder.add({ kind: 'end', exchange, how });
    return exchange;
  }

  /** Closes the server's input and sees that the process ends. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#server.shutDown(this.#habits.stays ? LITTLE_PATIENCE_MS : PATIENCE_MS);
    if (this.#server.helped) this.#habits.stays = true;
  }

  /** Writes a message and waits for the responses it is owed, or until the server is gone or the time is up. */
  async #exchange(body: Uint8Array, { awaits = [], cut }: Sending): Promise<Ending> {
    const mine = awaits.map((id) => JSON.stringify(id));
    for (const id of mine) this.#asked.add(id);
    let missing = mine.length;
    let stray: NodeJS.Timeout | undefined;
    const settled = this.#settled(this.#patience(), 'broken');
    const listen = (messages: readonly JsonObject[]) => {
      for (const message of messages) {
        if ('method' in message) continue;
        const id = JSON.stringify(message.id ?? null);
        if (mine.includes(id) || mine.includes(unquoted(id))) missing -= 1;
        // it may be meant for this request, or for something odd that was sent before it
        else if (!this.#asked.has(id)) stray ??= setTimeout(() => settled.settle('complete'), STRAY_MS);
      }
      if (missing <= 0) settled.settle('complete');
    };
    this.#listeners.add(listen);
    if (cut === undefined) this.#server.write(body);
    else await this.#writeInTwo(body, cut);
    if (missing <= 0) settled.settle('complete');
    const how = await settled.how;
    clearTimeout(stray);
    this.#listeners.delete(listen);
    return how;
  }

  /** Writes a message in two pieces: one ends within a character, where one has several bytes, else in the middle. */
  async #writeInTwo(body: Uint8Array, pauseMs: number): Promise<void> {
    const wide = body.findIndex((byte) => byte >= 0x80);
    const at = wide < 0 ? Math.floor(body.length / 2) : wide + 1;
    this.#server.write(body.subarray(0, at));
    await this.#pause(pauseMs);
    this.#server.write(body.subarray(at));
  }

  /** Closes the server's input and waits for its end. */
  #closeInput(): Promise<Ending> {
    const { how } = this.#settled(this.#around.limits.stepMs, 'complete');
    this.#server.closeInput();
    return how;
  }

  /** How something ends that is settled from outside, by the end of the server or by the clock. */
  #settled(ms: number, atEnd: Ending): { readonly how: Promise<Ending>; readonly settle: (how: Ending) => void } {
    let settle: (how: Ending) => void = () => undefined;
    const first = new Promise<Ending>((resolve) => {
      settle = resolve;
    });
    const timer = setTimeout(() => settle('timeout'), ms);
    void this.#server.ended.then(() => settle(atEnd));
    return {
      how: first.then((how) => {
        clearTimeout(timer);
        return how;
      }),
      settle,
    };
  }

  /** How long the next answer may take: a server that has not said anything yet may still be starting. */
  #patience(): number {
    const { stepMs, startMs } = this.#around.limits;
    if (this.#started) return stepMs;
    return stepMs + (this.#habits.startMs === null ? startMs : 2 * this.#habits.startMs);
  }

  async #pause(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const waited = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await Promise.race([waited, this.#server.ended]);
    clearTimeout(timer);
  }

  #hear(values: readonly Json[]): void {
    const messages = values.flatMap((value) => (Array.isArray(value) ? value : [value])).filter(isObject);
    if (!this.#started && !this.#closing && messages.some((message) => !('method' in message))) {
      this.#started = true;
      this.#habits.startMs = Math.max(this.#habits.startMs ?? 0, performance.now() - this.#begin);
    }
    for (const listener of [...this.#listeners]) listener(messages);
    for (const message of messages) this.#answer(message);
  }

  #answer(message: JsonObject): void {
    // In the stateless era a client may not answer at all.
    if (this.#closing || factsOf(this.#around.revision).era === 'stateless') return;
    if (typeof message.method !== 'string' || !isRequestId(message.id)) return;
    const reply = replyTo(message, this.#around);
    if (!reply) return;
    const body = Buffer.from(JSON.stringify(reply));
    void this.send({ step: null, method: STDIN, body });
  }
}
