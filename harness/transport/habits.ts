import type { ServerCommand } from './server-process.ts';

/** What the processes of a command have shown of it so far. */
export interface Habits {
  /** The longest time that one took to its first response, in milliseconds; null before there was one. */
  startMs: number | null;
  /** Whether one had to be told by a signal to go: then the others are not waited for as long. */
  stays: boolean;
}

const known = new WeakMap<ServerCommand, Habits>();

/** The habits of a command, to read and to add to. */
export function habitsOf(command: ServerCommand): Habits {
  const before = known.get(command);
  if (before) return before;
  const habits: Habits = { startMs: null, stays: false };
  known.set(command, habits);
  return habits;
}
