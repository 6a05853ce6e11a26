import type { ChildProcess } from 'node:child_process';

/** Options for a child in a group of its own, so that what it starts in turn ends with it. */
export const OWN_GROUP = { detached: process.platform !== 'win32' } as const;

/** Groups that are still alive: none is to outlive this program, and a group of its own gets no Ctrl-C. */
const alive = new Set<ChildProcess>();
const FATAL = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Takes note of a child that was started in a group of its own; whatever ends this program ends the group too. */
export function noteStart(child: ChildProcess): void {
  if (!alive.size) {
    process.on('exit', killAll);
    for (const signal of FATAL) process.on(signal, killAllAndDie);
  }
  alive.add(child);
}

/** Takes note that the child has ended. */
export function noteEnd(child: ChildProcess): void {
  if (!alive.delete(child) || alive.size) return;
  process.off('exit', killAll);
  for (const signal of FATAL) process.off(signal, killAllAndDie);
}

/** Sends a signal to a child and all it has started. */
export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // the whole group has ended already
  }
}

function killAll(): void {
  for (const child of alive) signalGroup(child, 'SIGKILL');
}

function killAllAndDie(signal: NodeJS.Signals): void {
  killAll();
  for (const one of FATAL) process.off(one, killAllAndDie);
  // where nobody else has taken the signal on, it does what it does by default
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}
