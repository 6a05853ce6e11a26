import type { CodedCheck } from '../../../harness/run/coded-check.ts';
import { traceHeader } from '../../../harness/run/run-setting.ts';
import { Recorder, type Trace } from '../../../harness/trace/trace.ts';
import { closePool, openPool } from '../../../harness/transport/pool.ts';
import type { Sighting } from '../../../harness/verdict/check.ts';
import { kindOf } from './model.ts';
import type { Sight } from './try-message.ts';
import { hasFailed, type Made, type Place, tryInTurn, trySideBySide } from './try-messages.ts';

const ID = 'property.envelopes';

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

function blocked(trace: Trace): Sighting[] {
  return envelopesProperty.requires.map((requirement) => ({
    trace,
    outcome: { requirement, kind: 'skip', skip: 'blocked', reason: 'no session could be opened' },
  }));
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
