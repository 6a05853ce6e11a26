/** One event of the server's life, as a flat object: `event` names it, the other members say more. */
export interface LogEntry {
  event: string;
  [detail: string]: unknown;
}

/**
 * Takes what the server wants to record. Entries never hold a session id, a message's params or a user's data, so that a
 * log is safe to keep.
 */
export type Log = (entry: LogEntry) => void;

/** Writes each entry as one line of JSON to standard error, with the time in front. */
export function logToStderr(entry: object): void {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`);
}
