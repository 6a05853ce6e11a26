import type { CodedCheck } from '../../../harness/run/coded-check.ts';
import { traceHeader } from '../../../harness/run/run-setting.ts';
import { Recorder, type Trace } from '../../../harness/trace/trace.ts';
import { closePool, openPool } from '../../../harness/transport/pool.ts';
import { blockedSightings, shownSightings } from '../shown-sightings.ts';
import { tryGenerated } from '../try-generated.ts';
import { messages } from './arbitraries.ts';
import { kindOf } from './model.ts';
import { openSender, type Sight } from './try-message.ts';

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
    const { seed } = setting;
    const header = { ...traceHeader(ID, setting), seed };
    const recorder = new Recorder();
    const pool = openPool();
    try {
      const sights = await tryGenerated({
        values: messages,
        generation: setting,
        timeMs: 4 * setting.limits.stepMs,
        open: (name) => openSender(name, { setting, recorder, pool }),
      });
      const trace: Trace = { header, events: recorder.events };
      const sightings = sights
        ? shownSightings(sights, trace, { noun: 'message', value: ({ message }) => message, occasions })
        : blockedSightings(envelopesProperty.requires, 'no session could be opened', trace);
      return { sightings, traces: [trace], seed };
    } finally {
      await closePool(pool);
    }
  },
};

/** The rules that a message gives an occasion to keep. */
function occasions({ message }: Sight): string[] {
  const kind = kindOf(message);
  if (kind === 'doubtful') return [];
  if (kind === 'ping') return ['ping.respond'];
  return kind === 'notification' || kind === 'response' ? ['http.post.notification-202'] : ['jsonrpc.follows-2.0'];
}
