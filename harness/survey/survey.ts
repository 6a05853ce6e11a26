import type { Json, JsonObject } from '../../spec/messages.ts';
import {
  factsOf,
  isRevision,
  REVISIONS,
  type Revision,
  type RevisionFacts,
  type Transport,
} from '../../spec/revisions.ts';
import { inShort } from '../judge/in-short.ts';
import { observe } from '../judge/observation.ts';
import { traceHeader } from '../run/run-setting.ts';
import type { Client } from '../session/client.ts';
import { confirmSession, connect, openSession } from '../session/open-session.ts';
import { requestMeta, withMeta } from '../session/request-metadata.ts';
import type { Limits } from '../target/limits.ts';
import { type Target, tokenMark, transportOf } from '../target/target.ts';
import { type Exchange, exchangeIn, readExchanges } from '../trace/exchange.ts';
import { Recorder, type Trace, type TraceEvent, type TraceHeader } from '../trace/trace.ts';
import { habitsOf } from '../transport/habits.ts';
import { closePool, openPool } from '../transport/pool.ts';
import { isObject } from '../wire/json-rpc.ts';
import { discovered, knowsNoDiscovery, whyNotStateless } from './stateless-survey.ts';
import { wantsToken } from './survey-authorization.ts';
import { whyNotServed, whyOnlyDiscovered } from './whether-served.ts';
import { methodIn, whyNotUnderstood } from './why-hopeless.ts';
import { namesEndpoint, openingOf, whyUnfit } from './why-no-connection.ts';

/** What the harness learned of a server before judging it, with the traffic of its first look. */
export type Survey = Found & {
  readonly trace: Trace;
  /** What a report should say of how it came about. */
  readonly notes?: readonly string[];
};

type Found =
  | {
      readonly kind: 'judgeable';
      readonly revision: Revision;
      /** What the placeholders of cases may name: `server`, and each stimulus that was found. */
      readonly variables: { readonly [name: string]: Json };
    }
  | { readonly kind: 'hopeless'; readonly reason: string };

/** The revisions of an era that can be judged over a transport, newest first. */
function candidates(transport: Transport, era: RevisionFacts['era'] = 'stateful'): Revision[] {
  return REVISIONS.filter(
    (revision) => factsOf(revision).era === era && factsOf(revision).transports.includes(transport),
  ).reverse();
}

/**
 * Takes a first look at a server: whether it can be judged at all, at which revision, what it offers and what may be
 * called safely. With a revision it insists on that one, without it takes the newest that the server accepts. Where the target
 * does not say which transport of HTTP it speaks, it is that of the revision, or else found out as clients do.
 */
export async function survey(target: Target, limits: Limits, wanted: Revision | null): Promise<Survey> {
  const found = await firstLook(target, limits, wanted);
  if (found.kind === 'hopeless' || !isObject(found.variables.server)) return found;
  // authorization came with Streamable HTTP
  if (found.trace.header.transport === 'http+sse') return found;
  const authorization = await wantsToken(target, limits, found.revision);
  const anonymous = !target.credentials.length;
  const tokens = Object.fromEntries(Object.keys(target.tokens ?? {}).map((kind) => [kind, tokenMark(kind)]));
  return {
    ...found,
    variables: { ...found.variables, server: { ...found.variables.server, authorization, anonymous }, tokens },
  };
}

async function firstLook(target: Target, limits: Limits, wanted: Revision | null): Promise<Survey> {
  if (target.command || target.transport) return surveyOver(target, limits, wanted);
  const older = { ...target, transport: 'http+sse' as const };
  if (wanted && !factsOf(wanted).transports.includes('streamable-http')) return surveyOver(older, limits, wanted);
  const found = await surveyOver(target, limits, wanted);
  const refusal = wanted === null && found.kind === 'hopeless' ? refusalOf(found.trace) : null;
  if (refusal === null) return found;
  const foundOlder = await surveyOver(older, limits, null);
  if (foundOlder.kind === 'hopeless' && !namesEndpoint(foundOlder.trace)) return found;
  const note = `Judged over HTTP+SSE, the transport of 2024-11-05: it answers a POST of ${refusal} and a GET with an event stream that names another address for messages.`;
  return foundOlder.kind === 'hopeless' ? foundOlder : { ...foundOlder, notes: [note] };
}

/**
 * The refusal that tells clients to try the older transport, in words; null where there is none (2025-11-25,
 * basic/transports, backwards compatibility).
 */
function refusalOf(trace: Trace): string | null {
  const opening = openingOf(trace);
  const status = opening?.response?.status ?? 0;
  return opening && [400, 404, 405].includes(status) ? `${methodIn(opening)} with HTTP ${status}` : null;
}

async function surveyOver(target: Target, limits: Limits, wanted: Revision | null): Promise<Survey> {
  const transport = transportOf(target);
  const [stateless] = candidates(transport, 'stateless');
  if (stateless && (wanted === null || factsOf(wanted).era === 'stateless')) {
    // without a wanted revision a server that does not answer at all may be one that waits for its handshake
    const found = await surveyStateless(target, wanted ? limits : { ...limits, startMs: 0 }, wanted ?? stateless);
    if (wanted || found.kind === 'judgeable') return found;
    const stateful = await surveyStateful(target, limits, wanted);
    // one that was merely slow to start can be asked again, now that it is known how slow
    const slow = target.command !== undefined && (habitsOf(target.command).startMs ?? 0) > limits.stepMs / 2;
    const again = slow ? await surveyStateless(target, limits, stateless) : found;
    return again.kind === 'judgeable' ? again : stateful;
  }
  return surveyStateful(target, limits, wanted);
}

async function surveyStateful(target: Target, limits: Limits, wanted: Revision | null): Promise<Survey> {
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

/** A first look at a server that is to be asked without a handshake; one request, where the server knows nothing of that. */
async function surveyStateless(target: Target, limits: Limits, revision: Revision): Promise<Survey> {
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

/** Sends a request and gives the exchange that it made. */
type Ask = (method: string, params: JsonObject | null, step: number) => Promise<Exchange | undefined>;

function hopeless(reason: string): Found {
  return { kind: 'hopeless', reason };
}

/** The same with a better reason, where the output of a server over stdio shows one once it is gone. */
function explained(found: Found, events: readonly TraceEvent[]): Found {
  const better = found.kind === 'hopeless' ? whyNotUnderstood(events) : null;
  return better === null ? found : hopeless(better);
}

function emptyTrace(target: Target, limits: Limits, revision: Revision | null): Trace {
  const setting = { target, limits, revision: revision ?? '2025-11-25', variables: {} };
  return { header: traceHeader('survey', setting), events: [] };
}

/** All tools or prompts of the server, page by page, as far as they are objects. */
async function listAll(ask: Ask, what: 'tools' | 'prompts'): Promise<JsonObject[]> {
  const items: JsonObject[] = [];
  let cursor: Json | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const exchange = await ask(`${what}/list`, cursor === undefined ? null : { cursor }, page);
    const result = exchange ? observe(exchange).result : undefined;
    if (!isObject(result)) break;
    const listed = result[what];
    if (Array.isArray(listed)) items.push(...listed.filter(isObject));
    cursor = result.nextCursor;
    if (typeof cursor !== 'string' || cursor === '') break;
  }
  return items;
}

const NAMES: { readonly [transport in Transport]: string } = {
  'streamable-http': 'Streamable HTTP',
  'http+sse': 'HTTP+SSE',
  stdio: 'stdio',
};

/** How often a session is tried before it is believed in. */
const MORE_PINGS = 3;

/** A server whose list never ends is not followed for ever. */
const MOST_PAGES = 50;
