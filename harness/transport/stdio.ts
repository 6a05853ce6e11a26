import type { Limits } from '../target/limits.ts';
import type { Recorder } from '../trace/trace.ts';
import { joinBytes } from '../wire/bytes.ts';
import { type ProcessEnd, type ServerCommand, type ServerProcess, startProcess } from './server-process.ts';

/** A server that was started; every line it writes is recorded and handed on. */
export class StdioServer {
  /** Settles when the process is gone and its output is read to the end; never rejects. */
  readonly ended: Promise<ProcessEnd>;
  readonly #process: ServerProcess;
  readonly #client: string;
  readonly #recorder: Recorder;
  readonly #limits: Limits;
  readonly #listeners = new Set<(line: Uint8Array) => void>();
  #pending: Uint8Array[] = [];
  #size = 0;
  #ended = false;
  #helped = false;

  constructor(command: ServerCommand, client: string, recorder: Recorder, limits: Limits) {
    this.#client = client;
    this.#recorder = recorder;
    this.#limits = limits;
    this.#process = startProcess(command);
    const { stdin, stdout, stderr, gone } = this.#process;
    stdout.on('data', (chunk: Buffer) => this.#read(chunk));
    let noise = 0;
    stderr.on('data', (chunk: Buffer) => {
      noise += chunk.length;
      if (noise > MOST_STDERR) return;
      recorder.add({ kind: 'stderr', client, bytes: Uint8Array.from(chunk) });
    });
    // A server that has gone away makes writing fail; how it ended says enough.
    stdin.on('error', () => undefined);
    this.ended = gone.then((end) => this.#finish(end));
  }

  /** Writes bytes to the server's standard input. */
  write(bytes: Uint8Array): void {
    if (this.#process.stdin.writable) this.#process.stdin.write(bytes);
  }

  /** Hands every further line (without its line feed) to a listener; gives a way to stop that. */
  onLine(listener: (line: Uint8Array) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Closes standard input, which tells a server to go. */
  closeInput(): void {
    if (this.#process.stdin.writableEnded) return;
    this.#stop('end-of-input');
    this.#process.stdin.end();
  }

  /** Sends a signal. */
  signal(name: 'SIGTERM' | 'SIGKILL'): void {
    this.#process.signal(name);
  }

  /** Whether it took a signal to end the server. */
  get helped(): boolean {
    return this.#helped;
  }

  /** Ends the server as a client does: closes its input, and helps with signals when it does not go by itself. */
  async shutDown(patienceMs: number): Promise<ProcessEnd> {
    this.closeInput();
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      if (await settledWithin(this.ended, patienceMs)) break;
      this.#helped = true;
      this.#stop(signal);
      this.signal(signal);
    }
    if (!(await settledWithin(this.ended, patienceMs))) this.#letGo();
    const end = await this.ended;
    // what the server started in turn may have stayed behind
    this.signal('SIGKILL');
    return end;
  }

  #stop(how: 'end-of-input' | 'SIGTERM' | 'SIGKILL'): void {
    if (!this.#ended) this.#recorder.add({ kind: 'stop', client: this.#client, how });
  }

  /** Stops reading: a process that the server started and left behind may hold its output open for ever. */
  #letGo(): void {
    this.#process.stdout.destroy();
    this.#process.stderr.destroy();
  }

  #read(chunk: Buffer): void {
    this.#size += chunk.length;
    if (this.#size > this.#limits.bodyBytes) {
      this.#stop('SIGKILL');
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
    this.#ended = true;
    if (this.#pending.length) this.#line(joinBytes(this.#pending), false);
    this.#pending = [];
    this.#recorder.add({ kind: 'exit', client: this.#client, ...end });
    return end;
  }
}

const LF = 0x0a;
/** Bytes of standard error that are kept. */
const MOST_STDERR = 128 * 1024;

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
