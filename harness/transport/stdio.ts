import { type ChildProcess, spawn } from 'node:child_process';
import type { Limits } from '../limits.ts';
import type { Recorder } from '../trace.ts';
import { joinBytes } from '../wire/bytes.ts';
import { noteEnd, noteStart, OWN_GROUP, signalGroup } from './process-group.ts';

/** How to start a server that speaks over its standard input and output. */
export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** Variables on top of the harness's own environment. */
  readonly env: { readonly [name: string]: string };
}

/** How a process came to its end. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: string | null;
  /** Why it never ran, or null. */
  readonly failure: string | null;
}

/** A server running as a child process; every line it writes is recorded and handed on. */
export class StdioServer {
  /** Settles when the process is gone and its output is read to the end; never rejects. */
  readonly ended: Promise<ProcessEnd>;
  readonly #child: ChildProcess;
  readonly #client: string;
  readonly #recorder: Recorder;
  readonly #limits: Limits;
  readonly #listeners = new Set<(line: Uint8Array) => void>();
  #pending: Uint8Array[] = [];
  #size = 0;

  constructor(command: ServerCommand, client: string, recorder: Recorder, limits: Limits) {
    this.#client = client;
    this.#recorder = recorder;
    this.#limits = limits;
    this.#child = spawn(command.command, command.args, {
      env: { ...process.env, ...command.env },
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
      ...OWN_GROUP,
    });
    noteStart(this.#child);
    this.#child.stdout?.on('data', (chunk: Buffer) => this.#read(chunk));
    let noise = 0;
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      noise += chunk.length;
      if (noise > limits.bodyBytes) return;
      recorder.add({ kind: 'stderr', client, bytes: Uint8Array.from(chunk.subarray(0, MOST_STDERR)) });
    });
    // A server that has gone away makes writing fail; how it ended says enough.
    this.#child.stdin?.on('error', () => undefined);
    // Of a process that never ran both are told.
    const gone = new Promise<ProcessEnd>((resolve) => {
      this.#child.once('error', (error) => resolve({ code: null, signal: null, failure: error.message }));
      this.#child.once('close', (code, signal) => resolve({ code, signal, failure: null }));
    });
    this.ended = gone.then((end) => this.#finish(end));
  }

  /** Writes bytes to the server's standard input. */
  write(bytes: Uint8Array): void {
    if (this.#child.stdin?.writable) this.#child.stdin.write(bytes);
  }

  /** Hands every further line (without its line feed) to a listener; gives a way to stop that. */
  onLine(listener: (line: Uint8Array) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Closes standard input, which tells a server to go. */
  closeInput(): void {
    this.#child.stdin?.end();
  }

  /** Sends a signal. */
  signal(name: 'SIGTERM' | 'SIGKILL'): void {
    signalGroup(this.#child, name);
  }

  /** Ends the server as a client does: closes its input, and helps with signals when it does not go by itself. */
  async shutDown(patienceMs: number): Promise<ProcessEnd> {
    this.closeInput();
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      if (await settledWithin(this.ended, patienceMs)) break;
      this.signal(signal);
    }
    if (!(await settledWithin(this.ended, patienceMs))) this.#letGo();
    const end = await this.ended;
    // what the server started in turn may have stayed behind
    this.signal('SIGKILL');
    return end;
  }

  /** Stops reading: a process that the server started and left behind may hold its output open for ever. */
  #letGo(): void {
    this.#child.stdout?.destroy();
    this.#child.stderr?.destroy();
  }

  #read(chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > this.#limits.bodyBytes) {
      this.signal('SIGKILL');
      return;
    }
    let start = 0;
    for (let at = chunk.indexOf(LF); at >= 0; at = chunk.indexOf(LF, start)) {
      this.#line(joinBytes([...this.#pending, chunk.subarray(start, at)]), true);
      this.#pending = [];
      start = at + 1;
    }
    if (start < chunk.length) this.#pending.push(Uint8Array.from(chunk.subarray(start)));
  }

  #line(bytes: Uint8Array, terminated: boolean): void {
    const line = Uint8Array.from(bytes);
    this.#recorder.add({ kind: 'line', client: this.#client, bytes: line, terminated });
    for (const listener of this.#listeners) listener(line);
  }

  #finish(end: ProcessEnd): ProcessEnd {
    noteEnd(this.#child);
    if (this.#pending.length) this.#line(joinBytes(this.#pending), false);
    this.#pending = [];
    this.#recorder.add({ kind: 'exit', client: this.#client, ...end });
    return end;
  }
}

const LF = 0x0a;
const MOST_STDERR = 16 * 1024;

/** Whether a promise settles within some milliseconds. */
async function settledWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const settled = await Promise.race([promise.then(() => true), late]);
  clearTimeout(timer);
  return settled;
}
