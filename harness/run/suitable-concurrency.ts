import { exchangesOf } from '../trace/exchange.ts';
import type { Trace } from '../trace/trace.ts';

/** Over stdio each check starts a process of its own. */
const PROCESSES = 8;
const SESSIONS = 16;
/** A server that is far away waits for us most of the time: twice as many ask no more of it in a second. */
const FAR_SESSIONS = 32;
const FAR_MS = 40;

/** How many checks to run at a time where nobody said how many, by what the survey saw of a target. */
export function suitableConcurrency(survey: Trace): number {
  if (survey.header.transport === 'stdio') return PROCESSES;
  return quickestAnswer(survey) < FAR_MS ? SESSIONS : FAR_SESSIONS;
}

/** How many clients one check may have that sends much, generated messages or the calls of a try-out. */
export function clientsOfOne(concurrency: number): number {
  return Math.min(concurrency, Math.max(4, Math.floor(concurrency / 4)));
}

/** Milliseconds from a request to the beginning of its answer: the way there and back, and what is quickest to answer. */
function quickestAnswer(survey: Trace): number {
  const times = exchangesOf(survey).flatMap(({ startedAt, response }) => (response ? [response.at - startedAt] : []));
  return Math.min(...times);
}
