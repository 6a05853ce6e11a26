import type { Seen } from '../case/case.ts';
import { type Lookup, UnknownPlaceholder } from '../case/placeholders.ts';
import type { Observation } from '../judge/observation.ts';
import { mismatch } from '../judge/seen.ts';
import { isObject } from '../wire/json-rpc.ts';

/** The pause between two looks where nothing else is suggested, and the shortest and longest taken, in milliseconds. */
const PAUSE_MS = 100;
const SHORTEST_MS = 20;
const LONGEST_MS = 1_000;

/** Whether a step need not be repeated: what it waits for is there, or cannot be told. */
export function isSeen(wanted: Seen | undefined, observation: Observation, lookup: Lookup): boolean {
  if (!wanted) return true;
  try {
    return mismatch(wanted, observation, lookup) === null;
  } catch (error) {
    if (error instanceof UnknownPlaceholder) return true;
    throw error;
  }
}

/** Milliseconds until the next look: what the answer suggests (2025-11-25, tasks, `pollInterval`), within reason. */
export function pauseAfter({ result }: Observation): number {
  const suggested = isObject(result) ? result.pollInterval : undefined;
  return typeof suggested === 'number' ? Math.min(Math.max(suggested, SHORTEST_MS), LONGEST_MS) : PAUSE_MS;
}
