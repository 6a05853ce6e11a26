import type { Json, JsonObject } from '../spec/messages.ts';
import { factsOf } from '../spec/revisions.ts';
import {
  type Client,
  type ClientSurroundings,
  FIRST_ID,
  initializeParams,
  replyTo,
  type Sending,
} from './client-session.ts';
import { readJson, STDIN } from './exchange.ts';
import type { Ending } from './trace.ts';
import type { ServerCommand } from './transport/server-process.ts';
import { StdioServer } from './transport/stdio.ts';
import { isObject, isRequestId } from './wire/json-rpc.ts';

/** The harness as the client of a server that it starts as a child process. */
export class StdioSession implements Client {
  readonly sessionId = null;
  #ids = FIRST_ID;
  #closing = false;
  readonly #name: string;
  readonly #around: ClientSurroundings;
  readonly #server: StdioServer;

  constructor(name: string, command: ServerCommand, around: ClientSurroundings) {
    this.#name = name;
    this.#around = around;
    this.#server = new StdioServer(command, name, around.recorder, around.limits);
    this.#server.onLine((line) => {
      for (const message of messagesIn(line)) this.#answer(message);
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
    const { recorder, limits } = this.#around;
    const exchange = recorder.nextExchange();
    const body = Buffer.concat([sending.body ?? new Uint8Array(), Buffer.from('\n')]);
    const request = { method: STDIN, url: 'stdio:', headers: [], body };
    recorder.add({ kind: 'request', exchange, client: this.#name, step: sending.step, ...request });
    const how = await this.#exchange(body, sending.awaits ?? [], limits.stepMs);
    if (how === 'complete' && sending.hold) await this.#pause(sending.hold);
    recorder.add({ kind: 'end', exchange, how });
    return exchange;
  }

  /** Closes the server's input and sees that the process ends. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#server.shutDown(2_000);
  }

  /** Writes a message and waits for the responses it is owed, or until the server is gone or the time is up. */
  async #exchange(body: Uint8Array, awaits: readonly Json[], ms: number): Promise<Ending> {
    let missing = awaits.length;
    let settle: (how: Ending) => void = () => undefined;
    const settled = new Promise<Ending>((resolve) => {
      settle = resolve;
    });
    const forget = this.#server.onLine((line) => {
      missing -= messagesIn(line).filter((message) => !('method' in message)).length;
      if (missing <= 0) settle('complete');
    });
    const timer = setTimeout(() => settle('timeout'), ms);
    void this.#server.ended.then(() => settle('broken'));
    this.#server.write(body);
    if (missing <= 0) settle('complete');
    const how = await settled;
    clearTimeout(timer);
    forget();
    return how;
  }

  async #pause(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const waited = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms);
    });
    await Promise.race([waited, this.#server.ended]);
    clearTimeout(timer);
  }

  #answer(message: JsonObject): void {
    // In the stateless era a client may not answer at all.
    if (this.#closing || factsOf(this.#around.revision).era === 'stateless') return;
    if (typeof message.method !== 'string' || !isRequestId(message.id)) return;
    const body = Buffer.from(JSON.stringify(replyTo(message, this.#around)));
    void this.send({ step: null, method: STDIN, body });
  }
}

/** The JSON objects in a line: one message, or those of a batch. */
function messagesIn(line: Uint8Array): JsonObject[] {
  const read = readJson(line);
  if (!read.ok) return [];
  return (Array.isArray(read.value) ? read.value : [read.value]).filter(isObject);
}
