import { revisionsIn } from '../../../spec/revisions.ts';
import { type Lookup, lookupIn, UnknownPlaceholder } from '../../case/placeholders.ts';
import type { Stop } from '../../judge/judge-case.ts';
import type { Observation } from '../../judge/observation.ts';
import type { Outcome } from '../../judge/outcome.ts';
import { type Mismatch, mismatch } from '../../judge/seen.ts';
import type { Exchange } from '../../trace/exchange.ts';
import type { Trace } from '../../trace/trace.ts';
import { headerValue } from '../../wire/headers.ts';
import { isObject } from '../../wire/json-rpc.ts';
import type { ClientAssumption, ClientCase, ClientExpectation, Selection } from '../case/client-case.ts';
import { unmetClientNeed } from './client-needs.ts';
import { endpointExchanges } from './endpoint-exchanges.ts';
import { lastWords } from './last-words.ts';
import { observeRequest } from './observe-request.ts';
import { endOfFirst, partsOf, select } from './select.ts';

interface Sight {
  readonly trace: Trace;
  readonly exchanges: readonly Exchange[];
  readonly lookup: Lookup;
}

/**
 * Judges what the trace of a client case shows of the requirements that the case names: one outcome or more for each of
 * them. Pure: the same case and trace give the same outcomes.
 */
export function judgeClientCase(testCase: ClientCase, trace: Trace): Outcome[] {
  const exchanges = endpointExchanges(trace);
  const sight: Sight = { trace, exchanges, lookup: lookupOf(testCase, trace, exchanges) };
  const outcomes: Outcome[] = [];
  const stop =
    unmetClientNeed(testCase, trace.header.variables) ??
    noOpening(sight) ??
    cutShort(sight) ??
    notAsked(testCase, sight) ??
    unmetAssumption(testCase, sight);
  if (!stop) {
    for (const expectation of testCase.expect) outcomes.push(...judgeExpectation(testCase, expectation, sight));
  }
  for (const requirement of testCase.requires) {
    if (outcomes.some((outcome) => outcome.requirement === requirement)) continue;
    const { occasion } = testCase;
    const reason = `nothing that the client sent exercised it${occasion ? `; it would have to ${occasion}` : ''}`;
    outcomes.push({ requirement, kind: 'skip', ...(stop ?? { skip: 'not-verified', reason }) });
  }
  return outcomes;
}

/** What the placeholders of a case mean: its example, the run's variables, and what was agreed on. */
function lookupOf(testCase: ClientCase, trace: Trace, exchanges: readonly Exchange[]): Lookup {
  const [opening] = select('initialize', exchanges);
  const params = opening ? observeRequest(opening).params : undefined;
  const offered = isObject(params) ? params.protocolVersion : undefined;
  const session = headerValue(opening?.response?.headers ?? [], 'mcp-session-id') ?? undefined;
  return lookupIn({ ...trace.header.variables, offered, session, ...testCase.example });
}

/** Whether the client did not even begin, and why. */
function noOpening({ trace, exchanges }: Sight): Stop | null {
  if (select('initialize', exchanges).length) return null;
  return { skip: 'blocked', reason: `the client sent no initialize in this case${lastWords(trace)}` };
}

/** Whether the client was still busy when the time for the case was up, so that what is missing says nothing. */
function cutShort({ trace }: Sight): Stop | null {
  const { run } = trace.header.variables;
  if (!isObject(run) || run.stoppedFor !== 'limit') return null;
  return {
    skip: 'blocked',
    reason: 'the client was still busy when the time for the case was up; --timeout gives it longer',
  };
}

/** Whether what the case has prepared could not be put to use, since the client did not send what it was to answer. */
function notAsked(testCase: ClientCase, { exchanges }: Sight): Stop | null {
  const posts = exchanges.filter(({ method, sent }) => method === 'POST' && sent.every(({ batched }) => !batched));
  const missing = testCase.server.answers?.find(({ to }) => {
    const isMethod = !/^[A-Z]+$/.test(to) && to !== 'response';
    return isMethod && !select(to, posts).length;
  });
  if (!missing) return null;
  return {
    skip: 'not-verified',
    reason: `the client gave no occasion: it did not send ${missing.to} as a message by itself`,
  };
}

function unmetAssumption(testCase: ClientCase, sight: Sight): Stop | null {
  const unmet = testCase.assume?.find((assumption) => !holds(assumption, sight));
  return unmet ? { skip: unmet.otherwise, reason: unmet.because } : null;
}

function holds({ of, that, count }: ClientAssumption, sight: Sight): boolean {
  const selected = select(of, sight.exchanges);
  if (count !== undefined && mismatch({ count }, { count: selected.length }, sight.lookup)) return false;
  return selected.every((exchange) => !that || !mismatch(that, seenOf(exchange, of, sight), sight.lookup));
}

function judgeExpectation(testCase: ClientCase, expectation: ClientExpectation, sight: Sight): Outcome[] {
  const requirement = expectation.rule ?? testCase.requires[0] ?? '';
  const { revisions } = expectation;
  if (revisions && !revisionsIn(revisions).includes(sight.trace.header.revision)) return [];
  try {
    return judgeSelected(requirement, expectation, sight);
  } catch (error) {
    if (!(error instanceof UnknownPlaceholder)) throw error;
    return [{ requirement, kind: 'skip', skip: 'blocked', reason: error.message }];
  }
}

function judgeSelected(requirement: string, expectation: ClientExpectation, sight: Sight): Outcome[] {
  const { of, when, that, count } = expectation;
  const selected = select(of, sight.exchanges)
    .map((exchange) => ({ exchange, seen: seenOf(exchange, of, sight) }))
    .filter(({ seen }) => !when || !mismatch(when, seen, sight.lookup));
  if (count !== undefined) {
    const found = mismatch({ count }, { count: selected.length }, sight.lookup);
    const shown = (selected.at(-1)?.exchange ?? sight.exchanges.at(-1))?.id ?? null;
    if (found) return [broken(requirement, expectation, shown, found, lastWords(sight.trace))];
    if (!that) return [{ requirement, kind: 'kept', evidence: { exchange: shown } }];
  }
  return selected.map(({ exchange, seen }) => {
    const found = mismatch(that ?? {}, seen, sight.lookup);
    if (found) return broken(requirement, expectation, exchange.id, found, '');
    return { requirement, kind: 'kept', evidence: { exchange: exchange.id } };
  });
}

function seenOf(exchange: Exchange, of: Selection, { exchanges }: Sight): Observation {
  const { after } = partsOf(of);
  const seen = observeRequest(exchange);
  return after === undefined ? seen : { ...seen, waited: exchange.startedAt - endOfFirst(after, exchanges) };
}

function broken(
  requirement: string,
  { of, because, atMost }: ClientExpectation,
  exchange: number | null,
  { path, problem, actual }: Mismatch,
  remark: string,
): Outcome {
  const value = actual === undefined ? '' : `, was ${abbreviate(JSON.stringify(actual))}`;
  const place = path === 'count' ? `the number of requests (${nameOf(of)})` : path;
  const what = `${place} ${problem}${value}${remark}`;
  return {
    requirement,
    kind: 'broken',
    message: because ? `${because}: ${what}` : what,
    evidence: { exchange, path, ...(actual === undefined ? {} : { actual }) },
    ...(atMost ? { atMost } : {}),
  };
}

function nameOf(selection: Selection): string {
  const { http, method, kind, resuming, except, after, before } = partsOf(selection);
  const words = [http, method, kind].flatMap((word) => (word === undefined ? [] : [[word].flat().join(' or ')]));
  if (resuming) words.push('with Last-Event-ID');
  if (except !== undefined) words.push(`except ${[except].flat().join(' and ')}`);
  if (before !== undefined) words.push(`before the answer to ${nameOf(before)}`);
  if (after !== undefined) words.push(`after ${nameOf(after)}`);
  return words.join(' ') || 'all';
}

function abbreviate(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
