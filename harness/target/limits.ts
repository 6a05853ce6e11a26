/** The bounds that keep a run finite whatever the target does. */
export interface Limits {
  /** Longest time for one step, in milliseconds. */
  readonly stepMs: number;
  /** How much longer the first answer of a process may take, which has to start first, in milliseconds. */
  readonly startMs: number;
  /** Longest time for one case, in milliseconds. */
  readonly caseMs: number;
  /** Most bytes of one body or stream. */
  readonly bodyBytes: number;
  /** Most events of one stream. */
  readonly events: number;
  /** How long to go on reading a stream after the awaited message, in milliseconds. */
  readonly graceMs: number;
}

/** The limits for a time-out per step, in milliseconds. */
export function limitsFor(stepMs: number): Limits {
  return { stepMs, startMs: 3 * stepMs, caseMs: 3 * stepMs, bodyBytes: 16 * 1024 * 1024, events: 10_000, graceMs: 200 };
}
