import { spawn } from 'node:child_process';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import { noteEnd, noteStart, OWN_GROUP, signalGroup } from './process-group.ts';

/** How to start a server that speaks over its standard input and output. */
export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** Variables on top of the harness's own environment. */
  readonly env: { readonly [name: string]: string };
  /** Starts it in another way than as a child process, with streams that behave as those of one. */
  readonly start?: () => ServerProcess;
}

/** A server at the other end of its standard streams. */
export interface ServerProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Settles when the process is gone and its output is read to the end; never rejects. */
  readonly gone: Promise<ProcessEnd>;
  signal(name: 'SIGTERM' | 'SIGKILL'): void;
}

/** How a process came to its end. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: string | null;
  /** Why it never ran, or null. */
  readonly failure: string | null;
}

/** Starts a command, as a child process in a group of its own unless it says how to be started. */
export function startProcess({ command, args, env, start }: ServerCommand): ServerProcess {
  if (start) return start();
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    ...OWN_GROUP,
  });
  noteStart(child);
  // Of a process that never ran both are told.
  const gone = new Promise<ProcessEnd>((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, failure: error.message }));
    child.once('close', (code, signal) => resolve({ code, signal, failure: null }));
  }).then((end) => {
    noteEnd(child);
    return end;
  });
  // Where the system has no pipe left there is none.
  const { stdin, stdout, stderr }: Partial<typeof child> = child;
  return {
    stdin: stdin ?? new PassThrough(),
    stdout: stdout ?? new PassThrough(),
    stderr: stderr ?? new PassThrough(),
    gone,
    signal: (name) => signalGroup(child, name),
  };
}
