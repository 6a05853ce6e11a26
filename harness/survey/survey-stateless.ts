import type { JsonObject } from '../../spec/messages.ts';
import type { Revision } from '../../spec/revisions.ts';
import { traceHeader } from '../run/run-setting.ts';
import { connect } from '../session/open-session.ts';
import { requestMeta, withMeta } from '../session/request-metadata.ts';
import type { Limits } from '../target/limits.ts';
import type { Target } from '../target/target.ts';
import { exchangeIn, readExchanges } from '../trace/exchange.ts';
import { Recorder } from '../trace/trace.ts';
import { closePool, openPool } from '../transport/pool.ts';
import { explained, type Found, hopeless, type Survey } from './found.ts';
import { type Ask, listAll } from './list-all.ts';
import { whyOnlyDiscovered } from './whether-served.ts';
import { discovered, knowsNoDiscovery, whyNotStateless } from './why-not-stateless.ts';

/** A first look at a server that is to be asked without a handshake; one request, where the server knows nothing of that. */
export async function surveyStateless(target: Target, limits: Limits, revision: Revision): Promise<Survey> {
  const recorder = new Recorder();
  const pool = openPool();
  const client = connect('a', target, { pool, recorder, limits, revision, capabilities: {}, answers: {} });
  const ask: Ask = async (method, params, step) => {
    const id = client.nextId();
    const message = withMeta({ jsonrpc: '2.0', id, method, ...(params ? { params } : {}) }, requestMeta(revision, {}));
    const body = Buffer.from(JSON.stringify(message));
    return exchangeIn(recorder.events, await client.send({ step, method: 'POST', body, awaits: [id] }));
  };
  const header = traceHeader('survey', { target, limits, revision, variables: {} });
  let found: Found;
  try {
    found = await lookStateless(ask, recorder, revision);
  } finally {
    await client.close();
    await closePool(pool);
  }
  return { ...explained(found, recorder.events), trace: { header, events: recorder.events } };
}

async function lookStateless(ask: Ask, recorder: Recorder, revision: Revision): Promise<Found> {
  const probe = await ask('server/discover', null, -1);
  const second = probe && knowsNoDiscovery(probe) ? await ask('tools/list', null, -1) : undefined;
  const problem = whyNotStateless(
    [probe, second].filter((one) => one !== undefined),
    revision,
    recorder.events,
  );
  if (problem) return hopeless(problem);
  const server = { ...discovered(probe), session: false };
  const { tools, prompts } = server.capabilities ?? ({ tools: {} } as JsonObject);
  const variables = {
    server,
    tools: tools ? await listAll(ask, 'tools') : [],
    prompts: prompts ? await listAll(ask, 'prompts') : [],
  };
  const useless = whyOnlyDiscovered(readExchanges(recorder.events));
  return useless ? hopeless(useless) : { kind: 'judgeable', revision, variables };
}
