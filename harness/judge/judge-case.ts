import type { Json } from '../../spec/messages.ts';
import { factsOf, revisionsIn } from '../../spec/revisions.ts';
import { type Assumption, type Case, type Expectation, expectationsOf, type Step } from '../case/case.ts';
import { type Lookup, UnknownPlaceholder } from '../case/placeholders.ts';
import { whyNoConnection } from '../survey/why-no-connection.ts';
import { type Exchange, exchangesOf } from '../trace/exchange.ts';
import type { Trace } from '../trace/trace.ts';
import type { SkipReason } from '../verdict/verdict.ts';
import { heardBy } from './heard.ts';
import { inShort } from './in-short.ts';
import { caseLookup, exchangeOf } from './lookup.ts';
import { unmetNeed } from './needs.ts';
import { type Observation, observe } from './observation.ts';
import type { Outcome } from './outcome.ts';
import { type Mismatch, mismatch } from './seen.ts';

/** Why the rest of a case says nothing. */
export interface Stop {
  readonly skip: SkipReason;
  readonly reason: string;
}

/**
 * Judges what a case's trace shows of the requirements that the case names: one outcome or more for each of them.
 * Pure: the same case and trace give the same outcomes.
 */
export function judgeCase(testCase: Case, trace: Trace): Outcome[] {
  const outcomes: Outcome[] = [];
  const others: Others = new Map();
  const stop =
    unmetNeed(testCase, trace.header) ?? setupFailure(testCase, trace) ?? judgeSteps(testCase, trace, outcomes, others);
  const silent = testCase.requires.filter((id) => !outcomes.some((outcome) => outcome.requirement === id));
  for (const requirement of silent) {
    outcomes.push({
      requirement,
      kind: 'skip',
      ...(stop ?? { skip: 'not-verified', reason: others.get(requirement) ?? 'nothing in the answers exercised it' }),
    });
  }
  return outcomes;
}

/** By requirement, what of an answer was not of the kind that the rule speaks of: where nothing is said of it, that is why. */
type Others = Map<string, string>;

/** Whether the session that a case needs could not be had, and why; speaks only of what the case did not do itself. */
function setupFailure(testCase: Case, trace: Trace): Stop | null {
  if (testCase.given === 'none' || factsOf(trace.header.revision).era === 'stateless') return null;
  const exchanges = exchangesOf(trace).filter((exchange) => exchange.step === -1);
  const opening = exchanges[0];
  if (!opening) return { skip: 'blocked', reason: 'the case did not run' };
  if (!exchanges.some((exchange) => exchange.sent.length)) {
    const why = whyNoConnection(opening) ?? 'nothing could be sent';
    return { skip: 'blocked', reason: `no session could be opened: ${why}` };
  }
  const failed = exchanges.find(
    (exchange) => exchange.sent.some(({ envelope }) => envelope.kind === 'request') && !observe(exchange).result,
  );
  return failed ? { skip: 'blocked', reason: `no session could be opened: ${describeEnd(failed)}` } : null;
}

/** How an exchange ended, in a few words for a reason. */
export function describeEnd(exchange: Exchange): string {
  const { error } = observe(exchange);
  if (error !== undefined) return `initialize was answered with the error ${inShort(error, 200)}`;
  if (exchange.response) return `initialize was answered with HTTP ${exchange.response.status} and no result`;
  const detail = exchange.end?.detail ? ` (${exchange.end.detail})` : '';
  if (exchange.end?.how === 'refused') return `the connection was refused${detail}`;
  return `initialize was not answered: ${exchange.end?.how ?? 'the trace ends before'}${detail}`;
}

function judgeSteps(testCase: Case, trace: Trace, outcomes: Outcome[], others: Others): Stop | null {
  const lookup = caseLookup(testCase, trace);
  const heard = new Map<string, Json[]>();
  for (const [index, step] of testCase.steps.entries()) {
    const exchange = exchangeOf(step, index, trace);
    if (!exchange) return { skip: 'blocked', reason: `step ${index + 1} of the case could not be made` };
    const { client } = exchange;
    const all = heard.get(client) ?? heardBy(client, exchangesOf(trace));
    heard.set(client, all);
    const observation = { ...observe(exchange), heard: all };
    if (exchange.end?.how === 'refused') return { skip: 'blocked', reason: 'the target no longer accepts connections' };
    const stop = unmetAssumption(step, observation, lookup);
    if (stop) return stop;
    for (const expectation of expectationsOf(step)) {
      const sight = { exchange, observation, lookup, trace, example: step.example };
      const outcome = judgeExpectation(testCase, expectation, sight);
      if (typeof outcome === 'string') others.set(expectation.rule ?? testCase.requires[0] ?? '', outcome);
      else if (outcome) outcomes.push(outcome);
    }
  }
  return null;
}

/** The assumption of a step that does not hold, as the reason why the case goes no further. */
export function unmetAssumption(step: Step, observation: Observation, lookup: Lookup): Stop | null {
  const unmet = step.assume?.find((assumption: Assumption) => {
    try {
      return mismatch(assumption.that, observation, lookup) !== null;
    } catch (error) {
      if (error instanceof UnknownPlaceholder) return true;
      throw error;
    }
  });
  return unmet ? { skip: unmet.otherwise, reason: unmet.because } : null;
}

/** Parts of an observation that are those of Streamable HTTP: elsewhere they are judged only where a case names the transport. */
const HTTP_PARTS = new Set([
  'status',
  'headers',
  'mediaType',
  'body',
  'json',
  'events',
  'session',
  'closedAfter',
  'challenge',
]);

interface Sight {
  readonly exchange: Exchange;
  readonly observation: Observation;
  readonly lookup: Lookup;
  readonly trace: Trace;
  readonly example: string | undefined;
}

/** What an expectation says of an answer; a sentence when it speaks of others, null when it has nothing to do with the run. */
function judgeExpectation(testCase: Case, expectation: Expectation, sight: Sight): Outcome | string | null {
  const requirement = expectation.rule ?? testCase.requires[0] ?? '';
  const { revision, transport } = sight.trace.header;
  if (expectation.transports && !expectation.transports.includes(transport)) return null;
  const parts = Object.keys({ ...expectation.that, ...expectation.when });
  const named = expectation.transports ?? testCase.transports;
  if (transport !== 'streamable-http' && !named?.includes(transport) && parts.some((part) => HTTP_PARTS.has(part))) {
    return null;
  }
  if (expectation.revisions && !revisionsIn(expectation.revisions).includes(revision)) return null;
  try {
    const other = expectation.when ? mismatch(expectation.when, sight.observation, sight.lookup) : null;
    if (other) return `it speaks of other answers: ${inFewWords(other)}`;
    const found = mismatch(expectation.that, sight.observation, sight.lookup);
    const evidence = { exchange: sight.exchange.id };
    if (!found) return { requirement, kind: 'kept', evidence };
    return {
      requirement,
      kind: 'broken',
      message: sentence(expectation, found, sight),
      evidence: { ...evidence, path: found.path, ...(found.actual === undefined ? {} : { actual: found.actual }) },
      ...(expectation.atMost ? { atMost: expectation.atMost } : {}),
    };
  } catch (error) {
    if (!(error instanceof UnknownPlaceholder)) throw error;
    return { requirement, kind: 'skip', skip: 'blocked', reason: error.message };
  }
}

function sentence({ because }: Expectation, found: Mismatch, { exchange, example }: Sight): string {
  const what = inWords(found);
  const ending = exchange.end && !['complete', 'closed-by-harness'].includes(exchange.end.how) ? exchange.end : null;
  const how = ending ? `; the exchange ended by ${ending.how}${ending.detail ? ` (${ending.detail})` : ''}` : '';
  const which = because && example ? `${because} (${example})` : (because ?? example);
  return which ? `${which}: ${what}${how}` : `${what}${how}`;
}

function inWords({ path, problem, actual }: Mismatch): string {
  return `${path} ${problem}${actual === undefined ? '' : `, was ${inShort(actual, 120)}`}`;
}

/** A mismatch for a list of reasons: what was there stands in it only when it is a word or two. */
function inFewWords({ path, problem, actual }: Mismatch): string {
  const shown = JSON.stringify(actual) ?? '';
  const cut = problem.length > MOST_WORDS ? `${problem.slice(0, MOST_WORDS)}...` : problem;
  return `${path} ${cut}${shown && shown.length < FEW_WORDS ? `, was ${shown}` : ''}`;
}

/** Characters of what an answer held, and of what it should have held, in a reason. */
const FEW_WORDS = 30;
const MOST_WORDS = 100;
