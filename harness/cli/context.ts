import type { Terminal } from './terminal.ts';

/** What every command gets beside its own options. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** The words after `--`, or null when there is none. */
  readonly command: readonly string[] | null;
  /** Settles the exit code. */
  exit(code: number): void;
}
