import { factsOf } from '../../spec/revisions.ts';
import { type Exchange, exchangesOf, STDIN } from '../trace/exchange.ts';
import type { Trace } from '../trace/trace.ts';
import type { CheckResult } from '../verdict/check.ts';
import { mediaTypeOf } from '../wire/headers.ts';
import { isObject } from '../wire/json-rpc.ts';
import { observe } from './observation.ts';
import type { Outcome } from './outcome.ts';

/** What comes between the harness and the target, so that an answer says nothing of the rule that is judged. */
type Kind = 'limit' | 'gateway' | 'page' | 'cut';

const WHAT: { readonly [kind in Kind]: string } = {
  limit: 'the target limits how many requests it takes (HTTP 429); --concurrency 1 sends fewer at a time',
  gateway:
    'ordinary requests were turned away (HTTP 409, 502, 503 or 504): the target, or what stands before it, was not up to them; --concurrency 1 sends fewer at a time',
  page: 'ordinary requests were answered with a page of HTML: something else stands before the target',
  cut: 'the connection was broken in the middle of ordinary requests; --concurrency 1 shows whether a check does it',
};

const TURNED_AWAY: ReadonlySet<number> = new Set([409, 502, 503, 504]);

const PLAIN_LISTS: ReadonlySet<unknown> = new Set(['tools/list', 'prompts/list', 'resources/list']);

/** A page in place of an answer is a breach of this all the same. */
const CONTENT_TYPE = 'http.post.response-content-type';

/** Kinds of answers in a run that say nothing of what was asked. */
export interface Interference {
  readonly kinds: ReadonlySet<Kind>;
  readonly reason: string;
}

/**
 * Finds out from the traces of a run whether something came between. A limit says so itself; all else has to be met by the
 * openings of sessions too, which are the same in every check: elsewhere it may be what a check brought about.
 */
export function findInterference(traces: readonly Trace[]): Interference | null {
  const kinds = new Set<Kind>();
  for (const trace of traces) {
    for (const exchange of exchangesOf(trace)) {
      const kind = kindOf(exchange);
      if (kind && (kind === 'limit' || isOrdinary(exchange, trace, kind))) kinds.add(kind);
    }
  }
  return kinds.size ? { kinds, reason: [...kinds].map((kind) => WHAT[kind]).join('; ') } : null;
}

/** Whether an exchange is the same in every check: without a handshake, a plain list in place of the opening of a session. */
function isOrdinary({ step, sent }: Exchange, { header }: Trace, kind: Kind): boolean {
  if (header.case === 'survey') return false;
  if (factsOf(header.revision).era === 'stateful') return step === -1;
  const message = sent[0]?.value;
  return kind !== 'cut' && isObject(message) && PLAIN_LISTS.has(message.method);
}

/** The results of a run without the breaches that are seen where something came between: those rules are blocked. */
export function withInterference(
  results: readonly CheckResult[],
  interference: Interference | null,
): readonly CheckResult[] {
  if (!interference) return results;
  const reasons = new Map<Trace, string | null>();
  const reasonIn = (trace: Trace): string | null => {
    const known = reasons.get(trace);
    if (known !== undefined) return known;
    const reason = reasonOf(trace, interference);
    reasons.set(trace, reason);
    return reason;
  };
  return results.map((result) => ({
    ...result,
    sightings: result.sightings.map((sighting) => {
      const { outcome, trace } = sighting;
      const reason = outcome.kind === 'kept' ? null : reasonIn(trace);
      if (reason === null || (reason === WHAT.page && isPage(outcome))) return sighting;
      return { trace, outcome: { requirement: outcome.requirement, kind: 'skip', skip: 'blocked', reason } };
    }),
  }));
}

/** Whether so much was blocked by it that the target cannot be said to have been judged. */
export function isOverwhelming(results: readonly CheckResult[], interference: Interference): boolean {
  const texts = new Set([...interference.kinds].map((kind) => WHAT[kind]));
  const blocked = results.filter(({ sightings }) =>
    sightings.some(({ outcome }) => outcome.kind === 'skip' && texts.has(outcome.reason)),
  );
  return blocked.length > results.length / 4;
}

function reasonOf(trace: Trace, { kinds }: Interference): string | null {
  for (const exchange of exchangesOf(trace)) {
    const kind = kindOf(exchange);
    if (kind && kinds.has(kind)) return WHAT[kind];
  }
  return null;
}

/** Whether an outcome blames the page itself. */
function isPage(outcome: Outcome): boolean {
  return outcome.kind === 'broken' && outcome.requirement === CONTENT_TYPE && outcome.evidence.actual === 'text/html';
}

function kindOf(exchange: Exchange): Kind | null {
  const { response, end, payload, method } = exchange;
  if (end?.how === 'broken') return method === STDIN ? null : 'cut';
  if (!response) return null;
  if (response.status === 429) return 'limit';
  if (TURNED_AWAY.has(response.status)) return 'gateway';
  const page = response.status < 300 && mediaTypeOf(response.headers) === 'text/html';
  return page && observe(exchange).response === undefined && payload.bytes.length ? 'page' : null;
}
