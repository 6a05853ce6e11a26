import { factsOf, type Revision } from '../../spec/revisions.ts';
import { connect, openSession } from '../session/open-session.ts';
import { requestMeta, withMeta } from '../session/request-metadata.ts';
import type { Limits } from '../target/limits.ts';
import type { Target } from '../target/target.ts';
import { exchangeIn } from '../trace/exchange.ts';
import { Recorder } from '../trace/trace.ts';
import { openPool } from '../transport/pool.ts';

/**
 * Whether a server that lets the user's Bearer token in keeps out who shows none: then it has authorization that can be
 * judged. False for a target without such a token, as nothing can be learnt of it.
 */
export async function wantsToken(target: Target, limits: Limits, revision: Revision): Promise<boolean> {
  const others = target.credentials.filter(([name, value]) => !isBearer(name, value));
  if (target.command || others.length === target.credentials.length) return false;
  const recorder = new Recorder();
  const pool = openPool();
  const around = { pool, recorder, limits, revision, capabilities: {}, answers: {} };
  const client = connect('a', { ...target, credentials: others }, around);
  try {
    const discover = { jsonrpc: '2.0', id: client.nextId(), method: 'server/discover' };
    const body = Buffer.from(JSON.stringify(withMeta(discover, requestMeta(revision, {}))));
    const opening =
      factsOf(revision).era === 'stateful'
        ? await openSession(client)
        : await client.send({ step: -1, method: 'POST', body, awaits: [discover.id] });
    const status = exchangeIn(recorder.events, opening)?.response?.status;
    return status !== undefined && status >= 400 && status < 500;
  } finally {
    await client.close();
    await pool.destroy();
  }
}

function isBearer(name: string, value: string): boolean {
  return name.toLowerCase() === 'authorization' && /^bearer\s/i.test(value);
}
