/** A client with one step replaced breaks one rule, and it shows: this is how clients with a defect are made. */
import { describe, expect, it } from 'vitest';
import { type Conduct, conduct } from './conduct.ts';
import { request, successResponse } from './messages.ts';
import { done, succeed } from './results.ts';
import { run } from './scenario/run.ts';
import { newSession } from './session.ts';
import { newSseDecoder } from './sse-decoder.ts';
import {
  type Arrived,
  event,
  initializeResult,
  responseTo,
  result,
  type Script,
  type ScriptedServer,
  scriptedServer,
  silence,
  status,
  stream,
} from './testing/scripted-server.ts';

interface Defect {
  breaks: string;
  by: Partial<Conduct>;
  script?: Script;
  context?: object;
  /** What shows it on the wire. */
  look: (server: ScriptedServer) => unknown;
  clean: unknown;
  defective: unknown;
}

const CALL = { tool: { name: 'echo', arguments: { text: 'é' } } };
const TWO_CALLS = {
  actions: [
    {
      do: 'together',
      actions: [
        { do: 'call-tool', name: 'a', progress: true },
        { do: 'call-tool', name: 'a', progress: true },
      ],
    },
  ],
};
const NO_INITIALIZE = { timeoutMs: 300 };
const RESUMED: Script = {
  'tools/call': stream(() => 'id: 1\nretry: 1\ndata:\n\n'),
  GET: stream(() => 'data: {"jsonrpc":"2.0","id":3,"result":{"content":[]}}\n\n'),
};

function header(arrived: Arrived | undefined, name: string): unknown {
  return arrived?.headers[name];
}

function without(headers: Record<string, string>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([other]) => other !== name));
}

let lastSessionId: string | undefined;

const DEFECTS: Defect[] = [
  {
    breaks: 'http.accept.post',
    by: { headers: (outgoing) => without(conduct.headers(outgoing), 'Accept') },
    look: ({ arrived }) => header(arrived[0], 'accept'),
    clean: 'application/json, text/event-stream',
    defective: undefined,
  },
  {
    breaks: 'session.client-includes',
    by: { headers: (outgoing) => without(conduct.headers(outgoing), 'Mcp-Session-Id') },
    look: ({ of }) => header(of('tools/list')[0], 'mcp-session-id'),
    clean: 'session-1',
    defective: undefined,
  },
  {
    breaks: 'http.protocol-version.negotiated',
    by: {
      headers: (outgoing) => ({ ...conduct.headers(outgoing), 'MCP-Protocol-Version': outgoing.session.proposed }),
    },
    script: { initialize: result(initializeResult('2025-06-18')) },
    look: ({ of }) => header(of('tools/list')[0], 'mcp-protocol-version'),
    clean: '2025-06-18',
    defective: '2025-11-25',
  },
  {
    breaks: 'http.post.method',
    by: {
      exchange: (outgoing) => conduct.exchange(outgoing.verb === 'POST' ? { ...outgoing, verb: 'PUT' } : outgoing),
    },
    look: ({ arrived }) => arrived[0]?.verb,
    clean: 'POST',
    defective: 'PUT',
  },
  {
    breaks: 'jsonrpc.utf8',
    by: { encode: (message) => Buffer.from(JSON.stringify(message), 'latin1') },
    context: CALL,
    look: ({ of }) => of('tools/call')[0]?.text.includes('é'),
    clean: true,
    defective: false,
  },
  {
    breaks: 'jsonrpc.request.id-unique-session',
    by: { requestId: () => 'always' },
    look: ({ of }) => of('initialize')[0]?.message.id === of('tools/list')[0]?.message.id,
    clean: false,
    defective: true,
  },
  {
    breaks: 'http.post.single-message',
    by: { encode: (message) => conduct.encode(JSON.parse(JSON.stringify([message]))) },
    look: ({ arrived }) => arrived[0]?.text.startsWith('['),
    clean: false,
    defective: true,
  },
  {
    breaks: 'lifecycle.init.first',
    by: {
      handshake: async (opening) => {
        await opening.post(newSession(opening.proposal), request('early', 'tools/list'));
        return conduct.handshake(opening);
      },
    },
    look: ({ keys }) => keys()[0],
    clean: 'initialize',
    defective: 'tools/list',
  },
  {
    breaks: 'lifecycle.init.initialized-notification',
    by: { handshake: (opening) => conduct.handshake({ ...opening, post: async () => done }) },
    look: ({ of }) => of('notifications/initialized').length,
    clean: 1,
    defective: 0,
  },
  {
    breaks: 'version.init.client-supported',
    by: { proposedRevision: () => '1999-01-01' },
    look: ({ of }) => of('initialize')[0]?.message.params,
    clean: expect.objectContaining({ protocolVersion: '2025-11-25' }),
    defective: expect.objectContaining({ protocolVersion: '1999-01-01' }),
  },
  {
    breaks: 'version.init.client-disconnects',
    by: { acceptsRevision: () => true },
    script: { initialize: result(initializeResult('1999-01-01')) },
    look: ({ keys }) => keys(),
    clean: ['initialize'],
    defective: ['initialize', 'notifications/initialized', 'tools/list'],
  },
  {
    breaks: 'lifecycle.op.negotiated-capabilities',
    by: { isOffered: () => true },
    script: { initialize: result(initializeResult('2025-11-25', {})) },
    context: { actions: [{ do: 'list-tools' }] },
    look: ({ of }) => of('tools/list').length,
    clean: 0,
    defective: 1,
  },
  {
    breaks: 'session.client-delete',
    by: { farewell: async () => done },
    look: ({ of }) => of('DELETE').length,
    clean: 1,
    defective: 0,
  },
  {
    breaks: 'session.client-reinit-on-404',
    by: { isSessionLost: () => false },
    script: { 'tools/list': [status(404), result({ tools: [] })] },
    look: ({ of }) => of('initialize').length,
    clean: 2,
    defective: 1,
  },
  {
    breaks: 'session.client-reinit-on-404 (without a session id)',
    by: {
      headers: (outgoing) => {
        lastSessionId = outgoing.session.id ?? lastSessionId;
        return {
          ...conduct.headers(outgoing),
          ...(lastSessionId !== undefined && { 'Mcp-Session-Id': lastSessionId }),
        };
      },
    },
    script: { 'tools/list': [status(404), result({ tools: [] })] },
    look: ({ of }) => header(of('initialize')[1], 'mcp-session-id'),
    clean: undefined,
    defective: 'session-1',
  },
  {
    breaks: 'ping.respond',
    by: { reply: async () => undefined },
    script: {
      'tools/list': stream((arrived) => event({ id: 's', method: 'ping' }) + event(responseTo(arrived, { tools: [] }))),
    },
    look: ({ of }) => of('response').length,
    clean: 1,
    defective: 0,
  },
  {
    breaks: 'jsonrpc.notification.no-response',
    by: { reply: async (message) => ('method' in message ? successResponse('n', {}) : undefined) },
    script: { 'tools/list': stream((arrived) => event({ method: 'x' }) + event(responseTo(arrived, { tools: [] }))) },
    look: ({ of }) => of('response').length,
    clean: 0,
    defective: 1,
  },
  {
    breaks: 'cancel.not-initialize',
    by: { cancellation: (inFlight, reason) => conduct.cancellation({ ...inFlight, method: 'x' }, reason) },
    script: { initialize: silence },
    context: NO_INITIALIZE,
    look: ({ keys }) => keys(),
    clean: ['initialize'],
    defective: ['initialize', 'notifications/cancelled'],
  },
  {
    breaks: 'lifecycle.timeout.cancel',
    by: { cancellation: () => undefined },
    script: { 'tools/list': silence },
    context: { actions: [{ do: 'list-tools', timeoutMs: 50 }] },
    look: ({ of }) => of('notifications/cancelled').length,
    clean: 1,
    defective: 0,
  },
  {
    breaks: 'progress.token-unique',
    by: { progressToken: () => 'always' },
    context: TWO_CALLS,
    look: ({ of }) => new Set(of('tools/call').map(({ message }) => JSON.stringify(message.params))).size,
    clean: 2,
    defective: 1,
  },
  {
    breaks: 'page.opaque',
    by: { nextCursor: ({ nextCursor }) => succeed(typeof nextCursor === 'string' ? nextCursor.trim() : undefined) },
    script: { 'tools/list': [result({ tools: [], nextCursor: ' 2 ' }), result({ tools: [] })] },
    look: ({ of }) => of('tools/list')[1]?.message.params,
    clean: { cursor: ' 2 ' },
    defective: { cursor: '2' },
  },
  {
    breaks: 'http.post.client-both-content-types',
    by: { answerForm: (contentType) => (conduct.answerForm(contentType) === 'json' ? 'json' : 'other') },
    script: { 'tools/list': stream((arrived) => event(responseTo(arrived, { tools: [{ name: 'a' }] }))) },
    context: CALL,
    look: ({ of }) => of('tools/call').length,
    clean: 1,
    defective: 0,
  },
  {
    breaks: 'sse.resume.client-get',
    by: { planReconnection: () => undefined },
    script: RESUMED,
    context: CALL,
    look: ({ of }) => of('GET').length,
    clean: 1,
    defective: 0,
  },
  {
    breaks: 'sse.resume.client-get (from the last event)',
    by: {
      newSseDecoder: () => {
        const decoder = newSseDecoder();
        return { decode: (chunk) => decoder.decode(chunk), lastEventId: 'made up', retryMs: 1 };
      },
    },
    script: RESUMED,
    context: CALL,
    look: ({ of }) => header(of('GET')[0], 'last-event-id'),
    clean: '1',
    defective: 'made up',
  },
];

/** What a scenario shows on the wire, played by this conduct. */
async function seen(played: Conduct, { script, context, look }: Defect): Promise<unknown> {
  await using server = await scriptedServer(script);
  const env = { MCP_CONFORMANCE_CONTEXT: JSON.stringify(context ?? {}) };
  await run({ args: [server.url], env, conduct: played, complain: () => {} });
  return look(server);
}

describe.each(DEFECTS)('$breaks', (defect) => {
  it('is kept by the clean client', async () => {
    expect(await seen(conduct, defect)).toEqual(defect.clean);
  });

  it('is broken by the client with one step replaced', async () => {
    expect(await seen({ ...conduct, ...defect.by }, defect)).toEqual(defect.defective);
  });
});
