import { isRevision, type Revision, type Transport } from '../../spec/revisions.ts';
import { inShort } from '../judge/in-short.ts';
import { observe } from '../judge/observation.ts';
import { traceHeader } from '../run/run-setting.ts';
import type { Client } from '../session/client.ts';
import { confirmSession, connect, openSession } from '../session/open-session.ts';
import type { Limits } from '../target/limits.ts';
import { type Target, transportOf } from '../target/target.ts';
import { exchangeIn, readExchanges } from '../trace/exchange.ts';
import { Recorder, type Trace, type TraceHeader } from '../trace/trace.ts';
import { closePool, openPool } from '../transport/pool.ts';
import { isObject } from '../wire/json-rpc.ts';
import { candidates, explained, type Found, hopeless, type Survey } from './found.ts';
import { type Ask, listAll } from './list-all.ts';
import { whyNotServed } from './whether-served.ts';
import { whyUnfit } from './why-no-connection.ts';

const NAMES: { readonly [transport in Transport]: string } = {
  'streamable-http': 'Streamable HTTP',
  'http+sse': 'HTTP+SSE',
  stdio: 'stdio',
};

/** How often a session is tried before it is believed in. */
const MORE_PINGS = 3;

/** A first look at a server with a handshake, at the wanted revision or the newest that it accepts. */
export async function surveyStateful(target: Target, limits: Limits, wanted: Revision | null): Promise<Survey> {
  const transport = transportOf(target);
  const offered = wanted ?? candidates(transport)[0];
  if (!offered || !candidates(transport).includes(offered)) {
    const reason = `revision ${wanted} has no ${NAMES[transport]}: it cannot be judged over that`;
    return { ...hopeless(reason), trace: emptyTrace(target, limits, wanted) };
  }
  const recorder = new Recorder();
  const pool = openPool();
  const around = { pool, recorder, limits, revision: offered, capabilities: {}, answers: {} };
  const client = connect('a', target, around);
  const begun = traceHeader('survey', { target, limits, revision: offered, variables: {} });
  let found: Found;
  try {
    found = await look(client, recorder, begun, wanted, async () => {
      if (transport !== 'streamable-http') return null;
      const other = connect('b', target, around);
      try {
        await openSession(other);
        return other.sessionId;
      } finally {
        await other.close();
      }
    });
  } finally {
    await client.close();
    await closePool(pool);
  }
  const revision = found.kind === 'judgeable' ? found.revision : offered;
  const header = { ...traceHeader('survey', { target, limits, revision, variables: {} }), startedAt: begun.startedAt };
  return { ...explained(found, recorder.events), trace: { header, events: recorder.events } };
}

async function look(
  client: Client,
  recorder: Recorder,
  header: TraceHeader,
  wanted: Revision | null,
  /** Opens another session, as another client, where that is not another process; gives its id. */
  openAnother: () => Promise<string | null>,
): Promise<Found> {
  const { transport } = header;
  const opening = exchangeIn(recorder.events, await openSession(client));
  if (!opening) return hopeless('the first request could not be sent');
  const problem = whyUnfit({ header, events: recorder.events }, opening);
  if (problem) return hopeless(problem);
  const { result } = observe(opening);
  const { protocolVersion, capabilities: declared, serverInfo = null } = isObject(result) ? result : {};
  // one that only forgot to say its revision is held to the one that it was asked for
  const forgotten = typeof protocolVersion !== 'string' && (isObject(declared) || isObject(serverInfo));
  const spoken = forgotten ? header.revision : protocolVersion;
  if (typeof spoken !== 'string' || !isRevision(spoken) || !candidates(transport).includes(spoken)) {
    const shown = spoken === undefined ? 'no protocolVersion' : `protocolVersion ${inShort(spoken, 100)}`;
    return hopeless(`it answers initialize with ${shown}, which is not a revision that can be judged here`);
  }
  if (wanted && spoken !== wanted) {
    return hopeless(`it does not speak revision ${wanted}: asked for it, it offers ${spoken}`);
  }
  await confirmSession(client);
  const capabilities = isObject(declared) ? declared : {};
  const ask: Ask = async (method, params, step) => {
    const id = client.nextId();
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', id, method, ...(params ? { params } : {}) }));
    return exchangeIn(recorder.events, await client.send({ step, method: 'POST', body, awaits: [id] }));
  };
  await ask('ping', null, 0);
  const tools = capabilities.tools ? await listAll(ask, 'tools') : [];
  const prompts = capabilities.prompts ? await listAll(ask, 'prompts') : [];
  const unused = whyNotServed(readExchanges(recorder.events));
  if (unused) return hopeless(unused);
  // one of several instances that do not share sessions may be met late
  for (let again = 0; again < MORE_PINGS; again += 1) await ask('ping', null, 0);
  const second = await openAnother();
  const useless = whyNotServed(readExchanges(recorder.events));
  if (useless) return hopeless(useless);
  const session = client.sessionId !== null;
  const server = {
    capabilities,
    serverInfo,
    session,
    ...(session && second === client.sessionId ? { shared: true } : {}),
  };
  return { kind: 'judgeable', revision: spoken, variables: { server, tools, prompts } };
}

function emptyTrace(target: Target, limits: Limits, revision: Revision | null): Trace {
  const setting = { target, limits, revision: revision ?? '2025-11-25', variables: {} };
  return { header: traceHeader('survey', setting), events: [] };
}
