import fc from 'fast-check';
import type { Sighting } from '../../../harness/check.ts';
import { exchangeIn } from '../../../harness/exchange.ts';
import { observe } from '../../../harness/judge/observation.ts';
import type { CodedCheck } from '../../../harness/run.ts';
import { confirmSession, openSession, type RunSetting, traceHeader } from '../../../harness/run-case.ts';
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
    const recorder = new Recorder();
    const pool = openPool();
    const sights: Sight[] = [];
    let client = await openClient(setting, recorder, pool);
    const wasOpened = client !== null;
    /** Whether a message leaves all well. Each failure gets a new session, so that it does not fail the messages after it. */
    const isFine = async (message: Json): Promise<boolean> => {
      // Without a session nothing more can be learned; what failed first stays the counterexample.
      if (!client) return true;
      const sight = await tryMessage(client, message, recorder.events);
      sights.push(sight);
      if (!sight.departure) return true;
      await client.close();
      client = await openClient(setting, recorder, pool);
      return false;
    };
    try {
      await fc.check(fc.asyncProperty(fc.oneof(validMessage, brokenMessage), isFine), {
        seed: setting.seed,
        numRuns: setting.runs,
        interruptAfterTimeLimit: 4 * setting.limits.stepMs,
        markInterruptAsFailure: false,
      });
    } finally {
      await client?.close();
      await closePool(pool);
    }
    const trace: Trace = { header, events: recorder.events };
    const sightings = wasOpened ? sightingsOf(sights, trace) : blocked(trace);
    return { sightings, traces: [trace], seed: setting.seed };
  },
};

/** A client with a session that is ready; null when the server does not open one. */
async function openClient(
  { target, limits, revision }: RunSetting,
  recorder: Recorder,
  pool: ReturnType<typeof openPool>,
): Promise<ClientSession | null> {
  const around = { pool, recorder, target, limits, revision, capabilities: {}, answers: {} };
  const client = new ClientSession('a', around);
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
