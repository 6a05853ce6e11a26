import { type Exchange, exchangesOf } from '../trace/exchange.ts';
import type { Trace } from '../trace/trace.ts';
import type { CheckResult } from '../verdict/check.ts';

/** A target that stopped accepting connections in the middle of a run. */
export interface Loss {
  /** The checks that had a request under way when it happened. */
  readonly suspects: readonly string[];
  readonly reason: string;
}

/** Finds out from the traces of a run whether the target went down, and what it was doing then. */
export function findLoss(traces: readonly Trace[]): Loss | null {
  const driven = traces.filter((trace) => trace.header.case !== 'survey');
  const refusals = driven.flatMap((trace) =>
    exchangesOf(trace)
      .filter(isRefused)
      .map((exchange) => ended(trace, exchange)),
  );
  if (!refusals.length) return null;
  const down = Math.min(...refusals);
  const suspects = driven
    .filter((trace) => exchangesOf(trace).some((exchange) => isCut(exchange) && ended(trace, exchange) <= down + 1_000))
    .map((trace) => trace.header.case);
  const names = suspects.slice(0, 8).join(', ');
  return {
    suspects,
    reason:
      suspects.length === 0
        ? 'the target stopped accepting connections in the middle of the run'
        : suspects.length === 1
          ? `the target stopped accepting connections during ${names}`
          : `the target stopped accepting connections while these ran: ${names}; --concurrency 1 shows which of them did it`,
  };
}

/**
 * The results of a run with a loss taken into account: a check that a dead target kept from its answers is blocked. The only
 * suspect keeps what was found of it.
 */
export function withLoss(results: readonly CheckResult[], loss: Loss | null): readonly CheckResult[] {
  if (!loss) return results;
  const culprit = loss.suspects.length === 1 ? loss.suspects[0] : null;
  return results.map((result) => {
    if (result.id === culprit) return result;
    const sightings = result.sightings.filter(({ trace, outcome }) => outcome.kind === 'kept' || !isCutShort(trace));
    if (sightings.length === result.sightings.length) return result;
    const lost = result.sightings.find(({ trace }) => isCutShort(trace));
    const blocked = result.requires.map((requirement) => ({
      outcome: { requirement, kind: 'skip' as const, skip: 'blocked' as const, reason: loss.reason },
      trace: lost?.trace ?? result.sightings[0]?.trace,
    }));
    return {
      ...result,
      sightings: [...sightings, ...blocked.flatMap(({ outcome, trace }) => (trace ? [{ outcome, trace }] : []))],
    };
  });
}

function isRefused(exchange: Exchange): boolean {
  return exchange.end?.how === 'refused';
}

function isCut(exchange: Exchange): boolean {
  return exchange.end?.how === 'broken';
}

function isCutShort(trace: Trace): boolean {
  return exchangesOf(trace).some((exchange) => isRefused(exchange) || isCut(exchange));
}

/** When an exchange ended, in milliseconds since the epoch. */
function ended(trace: Trace, exchange: Exchange): number {
  return Date.parse(trace.header.startedAt) + (exchange.end?.at ?? 0);
}
