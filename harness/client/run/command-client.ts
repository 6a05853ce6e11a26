import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { noteEnd, noteStart, OWN_GROUP, signalGroup } from '../../transport/process-group.ts';
import type { ClientEnd, Invocation, RunningClient, StartClient } from './client-under-test.ts';

/** Most characters of output that are kept, the last ones. */
const MOST_OUTPUT = 8_000;
/** Milliseconds between the polite and the impolite signal. */
const PATIENCE_MS = 2_000;

/**
 * Starts a client as a command, with the address as its last argument and scenario and context in its environment.
 *
 * @param command program and arguments; no shell reads them
 * @param env variables on top of those of this process
 */
export function commandClient(command: readonly string[], env: { readonly [name: string]: string } = {}): StartClient {
  return (invocation) => new CommandRun(command, { ...process.env, ...env, ...environmentOf(invocation) }, invocation);
}

function environmentOf({ scenario, context }: Invocation): { [name: string]: string } {
  const revision = typeof context.revision === 'string' ? { MCP_CONFORMANCE_PROTOCOL_VERSION: context.revision } : {};
  return { MCP_CONFORMANCE_SCENARIO: scenario, MCP_CONFORMANCE_CONTEXT: JSON.stringify(context), ...revision };
}

class CommandRun implements RunningClient {
  readonly ended: Promise<ClientEnd>;
  readonly #child: ChildProcess;
  #stopped = false;

  constructor([program = '', ...args]: readonly string[], env: NodeJS.ProcessEnv, { url }: Invocation) {
    const child = spawn(program, [...args, url], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...OWN_GROUP,
    });
    this.#child = child;
    noteStart(child);
    const stdout = lastOutput(child.stdout);
    const stderr = lastOutput(child.stderr);
    this.ended = new Promise((resolve) => {
      const settle = (end: Pick<ClientEnd, 'how' | 'code' | 'signal'>, complaint = '') => {
        noteEnd(child);
        resolve({ ...end, stdout: stdout(), stderr: stderr() + complaint });
      };
      child.once('error', (error) => settle({ how: 'not-started', code: null, signal: null }, error.message));
      child.once('exit', (code, signal) => {
        const how = this.#stopped ? 'stopped' : signal === null ? 'exit' : 'signal';
        // the last output may still be on its way
        outputEnded(child).then(() => settle({ how, code, signal }));
      });
    });
  }

  async stop(): Promise<ClientEnd> {
    this.#stopped ||= this.#child.exitCode === null && this.#child.signalCode === null;
    signalGroup(this.#child, 'SIGTERM');
    const timer = setTimeout(() => signalGroup(this.#child, 'SIGKILL'), PATIENCE_MS);
    const end = await this.ended;
    clearTimeout(timer);
    signalGroup(this.#child, 'SIGKILL');
    return end;
  }
}

function lastOutput(stream: Readable | null): () => string {
  let text = '';
  stream?.setEncoding('utf8').on('data', (piece: string) => {
    text = (text + piece).slice(-MOST_OUTPUT);
  });
  return () => text;
}

/** Settles when both output streams have ended, or shortly after the exit where a grandchild holds them open. */
function outputEnded(child: ChildProcess): Promise<unknown> {
  const streams = [child.stdout, child.stderr].flatMap((stream) =>
    stream && !stream.readableEnded ? [new Promise((resolve) => stream.once('end', resolve))] : [],
  );
  const late = new Promise((resolve) => setTimeout(resolve, 200).unref());
  return Promise.race([Promise.all(streams), late]);
}
