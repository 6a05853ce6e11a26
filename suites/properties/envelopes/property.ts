import fc from 'fast-check';
import type { Sighting } from '../../../harness/check.ts';
import type { CodedCheck, Generation } from '../../../harness/coded-check.ts';
import { exchangeIn } from '../../../harness/exchange.ts';
import { observe } from '../../../harness/judge/observation.ts';
import { confirmSession, openSession } from '../../../harness/open-session.ts';
import { type RunSetting, traceHeader } from '../../../harness/run-setting.ts';
import { ClientSession } from '../../../harness/session.ts';
import { Recorder, type Trace, type TraceEvent } from '../../../harness/trace.ts';
import { closePool, openPool } from '../../../harness/transport/http.ts';
import type { Json } from '../../../spec/messages.ts';
import { brokenMessage, validMessage } from './arbitraries.ts';
import { type Departure, departure, kindOf } from './model.ts';

const ID = 'property.envelopes';

/** What one generated message showed. */
interface Sight {
  readonly message: Json;
  readonly exchange: number;
  readonly departure: Departure | null;
}

/**
 * Generated JSON-RPC envelopes, valid and broken, against a model of the answers that are allowed; after each one the
 * session has to be usable. A failure is shrunk to the smallest message that still shows it.
 */
export const envelopesProperty: CodedCheck = {
  id: ID,
  title: 'every message, valid or broken, gets an answer that is allowed, and the session stays usable',
  requires: ['jsonrpc.follows-2.0', 'ping.respond', 'http.post.notification-202'],
  transports: ['streamable-http'],
  // its messages belong to a session
  revisions: '<2026-07-28',
  run: async (setting) => {
    const header = { ...traceHeader(ID, setting), seed: setting.seed };
    const place: Place = { setting, recorder: new Recorder(), pool: openPool() };
    let made: Made;
    try {
      const sideBySide = (setting.clients ?? 1) > 1 ? await trySideBySide(place) : null;
      made = sideBySide && !sideBySide.some(hasFailed) ? sideBySide : await tryInTurn(place);
      // a failure that does not show again is one all the same
      if (sideBySide?.some(hasFailed) && !made?.some(hasFailed)) made = sideBySide;
    } finally {
      await closePool(place.pool);
    }
    const trace: Trace = { header, events: place.recorder.events };
    return { sightings: made ? sightingsOf(made, trace) : blocked(trace), traces: [trace], seed: setting.seed };
  },
};

const MESSAGES = fc.oneof(validMessage, brokenMessage);

interface Place {
  readonly setting: RunSetting & Generation;
  readonly recorder: Recorder;
  readonly pool: ReturnType<typeof openPool>;
}

/** What the messages showed, in the order of their trial; null when no session could be opened. */
type Made = readonly Sight[] | null;

function hasFailed({ departure: departed }: Sight): boolean {
  return departed !== null;
}

/** Tries one message after the other; when one fails, shrinks it. */
async function tryInTurn({ setting, recorder, pool }: Place): Promise<Made> {
  const sights: Sight[] = [];
  let client = await openClient('a', { setting, recorder, pool });
  if (!client) return null;
  /** Whether a message leaves all well. Each failure gets a new session, so that it does not fail the messages after it. */
  const isFine = async (message: Json): Promise<boolean> => {
    // Without a session nothing more can be learned; what failed first stays the counterexample.
    if (!client) return true;
    const sight = await tryMessage(client, message, recorder.events);
    sights.push(sight);
    if (!sight.departure) return true;
    await client.close();
    client = await openClient('a', { setting, recorder, pool });
    return false;
  };
  try {
    await fc.check(fc.asyncProperty(MESSAGES, isFine), {
      seed: setting.seed,
      numRuns: setting.runs,
      interruptAfterTimeLimit: timeFor(setting),
      markInterruptAsFailure: false,
    });
  } finally {
    await client?.close();
  }
  return sights;
}

/**
 * Tries the same messages with several clients at a time, up to the first failure. Whose message caused that is not certain
 * where all of them have one server.
 */
async function trySideBySide(place: Place): Promise<Made> {
  const { setting, recorder } = place;
  const messages = generated(setting);
  const sights: Sight[] = [];
  const until = performance.now() + timeFor(setting);
  const first = await openClient('a', place);
  if (!first) return null;
  const work = async (client: ClientSession | null) => {
    try {
      while (client && !sights.some(hasFailed) && performance.now() < until) {
        const message = messages.shift();
        if (message === undefined) return;
        sights.push(await tryMessage(client, message, recorder.events));
      }
    } finally {
      await client?.close();
    }
  };
  const others = ['b', 'c', 'd'].slice(0, (setting.clients ?? 1) - 1);
  await Promise.all([work(first), ...others.map(async (name) => work(await openClient(name, place)))]);
  return sights;
}

/** The messages that a seed stands for, the same that are tried in turn. */
export function generated({ seed, runs }: Generation): Json[] {
  return fc.sample(MESSAGES, { seed, numRuns: runs });
}

function timeFor({ limits }: RunSetting): number {
  return 4 * limits.stepMs;
}

/** A client with a session that is ready; null when the server does not open one. */
async function openClient(name: string, { setting, recorder, pool }: Place): Promise<ClientSession | null> {
  const { target, limits, revision } = setting;
  const around = { pool, recorder, target, limits, revision, capabilities: {}, answers: {} };
  const client = new ClientSession(name, around);
  const opening = exchangeIn(recorder.events, await openSession(client));
  if (!opening || !observe(opening).result) {
    await client.close();
    return null;
  }
  await confirmSession(client);
  return client;
}

function blocked(trace: Trace): Sighting[] {
  return envelopesProperty.requires.map((requirement) => ({
    trace,
    outcome: { requirement, kind: 'skip', skip: 'blocked', reason: 'no session could be opened' },
  }));
}

/** Sends one message, judges its answer, and sees whether the session still works. */
async function tryMessage(client: ClientSession, message: Json, events: readonly TraceEvent[]): Promise<Sight> {
  const see = (exchange: number) => {
    const found = exchangeIn(events, exchange);
    return found ? observe(found) : {};
  };
  const kind = kindOf(message);
  const awaits = kind === 'ping' || kind === 'unknown-method' ? [0] : [];
  const exchange = await client.send({ step: 0, method: 'POST', body: Buffer.from(JSON.stringify(message)), awaits });
  const departed = departure(message, see(exchange));
  if (departed || kind === 'ping') return { message, exchange, departure: departed };
  const id = client.nextId();
  const ping = { jsonrpc: '2.0', id: `assay-after-${id}`, method: 'ping' };
  const after = await client.send({ step: 0, method: 'POST', body: Buffer.from(JSON.stringify(ping)), awaits: [0] });
  const unusable = departure(ping, see(after));
  return {
    message,
    exchange: unusable ? after : exchange,
    departure: unusable && {
      ...unusable,
      message: `after the message the session was not usable: ${unusable.message}`,
    },
  };
}

/** The smallest failure where there is one; otherwise what was kept, once for each requirement that had its occasion. */
function sightingsOf(sights: readonly Sight[], trace: Trace): Sighting[] {
  const smallest = sights.filter((sight) => sight.departure).at(-1);
  const kept = new Map<string, number>();
  for (const { message, exchange } of sights) {
    const kind = kindOf(message);
    if (kind === 'ping') kept.set('ping.respond', exchange);
    else if (kind === 'notification' || kind === 'response') kept.set('http.post.notification-202', exchange);
    else if (kind !== 'doubtful') kept.set('jsonrpc.follows-2.0', exchange);
  }
  if (smallest?.departure) {
    const { requirement, message, atMost } = smallest.departure;
    const shown = JSON.stringify(smallest.message);
    return [
      {
        trace,
        outcome: {
          requirement,
          kind: 'broken',
          message: `${message}; the smallest such message: ${shown.slice(0, 300)}`,
          evidence: { exchange: smallest.exchange },
          ...(atMost ? { atMost } : {}),
        },
      },
    ];
  }
  return [...kept].map(([requirement, exchange]) => ({
    trace,
    outcome: { requirement, kind: 'kept', evidence: { exchange } },
  }));
}
