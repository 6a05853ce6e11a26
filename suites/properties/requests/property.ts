import fc from 'fast-check';
import { observe } from '../../../harness/judge/observation.ts';
import type { CodedCheck } from '../../../harness/run/coded-check.ts';
import { traceHeader } from '../../../harness/run/run-setting.ts';
import { ClientSession } from '../../../harness/session/http-session.ts';
import { requestMeta, withMeta } from '../../../harness/session/request-metadata.ts';
import { exchangeIn } from '../../../harness/trace/exchange.ts';
import { Recorder, type Trace } from '../../../harness/trace/trace.ts';
import { closePool, openPool } from '../../../harness/transport/pool.ts';
import type { Sighting } from '../../../harness/verdict/check.ts';
import type { Json } from '../../../spec/messages.ts';
import type { Departure } from '../envelopes/model.ts';
import { type Asking, asking, type Kind } from './arbitraries.ts';
import { departure, RULES } from './model.ts';

const ID = 'property.requests';

interface Sight extends Asking {
  readonly exchange: number;
  readonly departure: Departure | null;
}

/**
 * Generated requests of a revision without a handshake, right ones and such as one thing is wrong with (envelope, headers,
 * `_meta`), against a model of the answers that are allowed; after each one the server has to work. A failure is shrunk to
 * the smallest request that still shows it.
 */
export const requestsProperty: CodedCheck = {
  id: ID,
  title: 'every request that carries its own metadata, right or wrong, gets an answer that is allowed',
  requires: RULES,
  transports: ['streamable-http'],
  revisions: '2026-07-28',
  run: async (setting) => {
    const { target, limits, revision, seed } = setting;
    const header = { ...traceHeader(ID, setting), seed };
    const recorder = new Recorder();
    const pool = openPool();
    const client = new ClientSession('a', { pool, recorder, target, limits, revision, capabilities: {}, answers: {} });
    const see = async (one: Pick<Asking, 'message' | 'headers' | 'meta'>, awaits: readonly Json[]) => {
      const message = withMeta(one.message, { ...requestMeta(revision, {}), ...one.meta });
      const body = Buffer.from(JSON.stringify(message));
      const number = await client.send({ step: 0, method: 'POST', body, headers: one.headers, awaits });
      const exchange = exchangeIn(recorder.events, number);
      return { number, seen: exchange ? observe(exchange) : {} };
    };
    const works = () =>
      see({ message: { jsonrpc: '2.0', id: client.nextId(), method: 'server/discover' }, headers: {}, meta: {} }, [0]);
    const sights: Sight[] = [];
    const until = performance.now() + 4 * limits.stepMs;
    const isFine = async (one: Asking): Promise<boolean> => {
      // what is under way when the time is up is waited for: an answer that was cut off by us says nothing
      if (performance.now() > until) return true;
      const { number, seen } = await see(one, ['served', 'respelled', 'unknown-method'].includes(one.kind) ? [0] : []);
      let sight: Sight = { ...one, exchange: number, departure: departure(one.kind, seen) };
      if (!sight.departure && one.kind !== 'served' && one.kind !== 'respelled') {
        const after = await works();
        const broken = departure('served', after.seen);
        const message = `after the message the server did not work: ${broken?.message}`;
        if (broken) sight = { ...sight, exchange: after.number, departure: { ...broken, message } };
      }
      sights.push(sight);
      return sight.departure === null;
    };
    let usable = false;
    try {
      usable = departure('served', (await works()).seen) === null;
      if (usable) {
        await fc.check(fc.asyncProperty(asking, isFine), {
          seed,
          numRuns: setting.runs,
        });
      }
    } finally {
      await client.close();
      await closePool(pool);
    }
    const trace: Trace = { header, events: recorder.events };
    return { sightings: usable ? sightingsOf(sights, trace) : blocked(trace), traces: [trace], seed };
  },
};

function blocked(trace: Trace): Sighting[] {
  const reason = 'server/discover is not answered with a result';
  return RULES.map((requirement) => ({ trace, outcome: { requirement, kind: 'skip', skip: 'blocked', reason } }));
}

/** The rules that a request of a kind gives an occasion to keep. */
const OCCASIONS: { readonly [kind in Kind]: readonly string[] } = {
  served: ['discover.implemented'],
  respelled: ['http.headers.case-insensitive'],
  'unknown-method': ['http.unknown-method-404'],
  notification: ['http.post.notification-202'],
  'header-missing': ['http.header-mismatch.400-32020'],
  'header-mismatch': ['http.header-mismatch.reject', 'http.header-mismatch.400-32020'],
  'other-version': ['http.protocol-version.mismatch-400'],
  'without-capabilities': ['meta.missing-32602', 'meta.missing-400'],
  broken: ['jsonrpc.follows-2.0'],
  doubtful: [],
};

/** The smallest failure where there is one; otherwise what was kept, once for each rule that had its occasion. */
function sightingsOf(sights: readonly Sight[], trace: Trace): Sighting[] {
  const smallest = sights.findLast((sight) => sight.departure);
  if (smallest?.departure) {
    const { requirement, message, atMost } = smallest.departure;
    const { message: sent, headers, meta } = smallest;
    const shown = JSON.stringify({ message: sent, headers, meta }).slice(0, 300);
    return [
      {
        trace,
        outcome: {
          requirement,
          kind: 'broken',
          message: `${message}; the smallest such request: ${shown}`,
          evidence: { exchange: smallest.exchange },
          ...(atMost ? { atMost } : {}),
        },
      },
    ];
  }
  const kept = new Map(
    sights.flatMap(({ kind, exchange }) => OCCASIONS[kind].map((rule) => [rule, exchange] as const)),
  );
  return [...kept].map(([requirement, exchange]) => ({
    trace,
    outcome: { requirement, kind: 'kept', evidence: { exchange } },
  }));
}
