import type { CodedCheck } from '../../../harness/run/coded-check.ts';
import { traceHeader } from '../../../harness/run/run-setting.ts';
import { Recorder, type Trace } from '../../../harness/trace/trace.ts';
import { closePool, openPool } from '../../../harness/transport/pool.ts';
import { blockedSightings, shownSightings } from '../shown-sightings.ts';
import { tryGenerated } from '../try-generated.ts';
import { asking, type Kind } from './arbitraries.ts';
import { RULES } from './model.ts';
import { openAsker, type Sight } from './try-request.ts';

const ID = 'property.requests';

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
    const { seed } = setting;
    const header = { ...traceHeader(ID, setting), seed };
    const recorder = new Recorder();
    const pool = openPool();
    try {
      const sights = await tryGenerated({
        values: asking,
        generation: setting,
        timeMs: 4 * setting.limits.stepMs,
        open: (name) => openAsker(name, { setting, recorder, pool }),
      });
      const trace: Trace = { header, events: recorder.events };
      const sightings = sights
        ? shownSightings(sights, trace, { noun: 'request', value: shownOf, occasions: ({ kind }) => OCCASIONS[kind] })
        : blockedSightings(RULES, 'server/discover is not answered with a result', trace);
      return { sightings, traces: [trace], seed };
    } finally {
      await closePool(pool);
    }
  },
};

function shownOf({ message, headers, meta }: Sight) {
  return { message, headers, meta };
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
