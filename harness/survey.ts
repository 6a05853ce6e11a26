import type { Json, JsonObject } from '../spec/messages.ts';
import { factsOf, isRevision, REVISIONS, type Revision } from '../spec/revisions.ts';
import { type Exchange, exchangeIn, exchangesOf } from './exchange.ts';
import { observe } from './judge/observation.ts';
import type { Limits } from './limits.ts';
import { confirmSession, openSession, traceHeader } from './run-case.ts';
import { ClientSession } from './session.ts';
import type { Target } from './target.ts';
import { Recorder, type Trace } from './trace.ts';
import { openPool } from './transport/http.ts';
import { isObject } from './wire/json-rpc.ts';

/** What the harness learned of a server before judging it. */
export type Survey =
  | {
      readonly kind: 'judgeable';
      readonly revision: Revision;
      /** What the placeholders of cases may name: `server`, and each stimulus that was found. */
      readonly variables: { readonly [name: string]: Json };
      readonly trace: Trace;
    }
  | { readonly kind: 'hopeless'; readonly reason: string; readonly trace: Trace };

/** The revisions that can be judged over Streamable HTTP with a handshake, newest first. */
const CANDIDATES = REVISIONS.filter(
  (revision) => factsOf(revision).era === 'stateful' && factsOf(revision).transports.includes('streamable-http'),
).reverse();

/**
 * Takes a first look at a server: whether it can be judged at all, at which revision, what it offers and what may be
 * called safely. With a revision it insists on that one, without it takes the newest that the server accepts.
 */
export async function survey(target: Target, limits: Limits, wanted: Revision | null): Promise<Survey> {
  const offered = wanted ?? CANDIDATES[0];
  if (!offered || !CANDIDATES.includes(offered)) {
    return hopeless(emptyTrace(target, limits, wanted), `revision ${wanted} cannot be judged over Streamable HTTP yet`);
  }
  const recorder = new Recorder();
  const pool = openPool();
  const setting = { target, limits, revision: offered, variables: {} };
  const client = new ClientSession('a', {
    pool,
    recorder,
    target,
    limits,
    revision: offered,
    capabilities: {},
    answers: {},
  });
  const header = traceHeader('survey', setting);
  try {
    await openSession(client);
    const trace = () => ({ header, events: [...recorder.events] });
    const opening = exchangesOf(trace())[0];
    if (!opening) return hopeless(trace(), 'the first request could not be sent');
    const answer = observe(opening);
    const problem = whyHopeless(opening);
    if (problem) return hopeless(trace(), problem);
    const result = isObject(answer.result) ? answer.result : {};
    const spoken = result.protocolVersion;
    if (typeof spoken !== 'string' || !isRevision(spoken) || !CANDIDATES.includes(spoken)) {
      return hopeless(
        trace(),
        `it answers initialize with protocolVersion ${JSON.stringify(spoken)}, which is not a revision that can be judged here`,
      );
    }
    if (wanted && spoken !== wanted) {
      return hopeless(trace(), `it does not speak revision ${wanted}: asked for it, it offers ${spoken}`);
    }
    await confirmSession(client);
    const capabilities = isObject(result.capabilities) ? result.capabilities : {};
    const tools = capabilities.tools ? await listAll(client, recorder, 'tools') : [];
    const prompts = capabilities.prompts ? await listAll(client, recorder, 'prompts') : [];
    return {
      kind: 'judgeable',
      revision: spoken,
      variables: {
        server: {
          capabilities,
          serverInfo: result.serverInfo ?? null,
          session: client.sessionId !== null,
        },
        tools,
        prompts,
      },
      trace: trace(),
    };
  } finally {
    await client.close();
    await pool.destroy();
  }
}

function hopeless(trace: Trace, reason: string): Survey {
  return { kind: 'hopeless', reason, trace };
}

function emptyTrace(target: Target, limits: Limits, revision: Revision | null): Trace {
  const setting = { target, limits, revision: revision ?? '2025-11-25', variables: {} };
  return { header: traceHeader('survey', setting), events: [] };
}

/** All tools or prompts of the server, page by page, as far as they are objects. */
async function listAll(client: ClientSession, recorder: Recorder, what: 'tools' | 'prompts'): Promise<JsonObject[]> {
  const items: JsonObject[] = [];
  let cursor: Json | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const id = client.nextId();
    const params = cursor === undefined ? {} : { params: { cursor } };
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', id, method: `${what}/list`, ...params }));
    const number = await client.send({ step: page, method: 'POST', body, awaits: [id] });
    const exchange = exchangeIn(recorder.events, number);
    const result = exchange ? observe(exchange).result : undefined;
    if (!isObject(result)) break;
    const listed = result[what];
    if (Array.isArray(listed)) items.push(...listed.filter(isObject));
    cursor = result.nextCursor;
    if (typeof cursor !== 'string' || cursor === '') break;
  }
  return items;
}

/** A server whose list never ends is not followed for ever. */
const MOST_PAGES = 50;

/** One sentence that says why nothing can be judged after such an answer to initialize; null when it can. */
function whyHopeless(opening: Exchange): string | null {
  const { response, end, payload } = opening;
  if (!response) {
    const detail = end?.detail ? ` (${end.detail})` : '';
    switch (end?.how) {
      case 'refused':
        return `nothing accepts connections there${detail}: is the server running, and is the address right?`;
      case 'timeout':
        return 'it accepted the connection and did not answer initialize in time: is it an MCP server? --timeout gives it longer';
      default:
        return `it broke the connection instead of answering initialize${detail}: is it an HTTP server?`;
    }
  }
  const { status } = response;
  const seen = observe(opening);
  const type = seen.mediaType ?? 'no Content-Type';
  if (status === 401 || status === 403) {
    return `it answers HTTP ${status} to initialize: it wants credentials; give them with --header 'Authorization: Bearer ...'`;
  }
  if (status >= 300 && status < 400) {
    return `it redirects (HTTP ${status}) to ${JSON.stringify(headersOf(seen).location ?? 'nowhere')}: give the address of the MCP endpoint itself`;
  }
  if (isObject(seen.result)) return null;
  if (isObject(seen.error)) {
    return `it answers initialize with the error ${JSON.stringify(seen.error).slice(0, 200)} (HTTP ${status})`;
  }
  if (status >= 400) return `it answers HTTP ${status} to initialize: is this the address of an MCP endpoint?`;
  if (end && (end.how === 'timeout' || end.how === 'limit')) {
    return `its answer to initialize (HTTP ${status}, ${type}) never comes to a response (${end.how})`;
  }
  if (end?.how === 'broken') return `it broke the connection in the middle of its answer to initialize (${end.detail})`;
  if (payload.form === 'empty') return `it answers initialize with HTTP ${status} and no body: that is no MCP endpoint`;
  return `it answers initialize with ${type} that is not a JSON-RPC response (HTTP ${status}): that is no MCP endpoint`;
}

function headersOf(seen: ReturnType<typeof observe>): JsonObject {
  return isObject(seen.headers) ? seen.headers : {};
}
