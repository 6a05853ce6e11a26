import { afterEach, describe, expect, it } from 'vitest';
import { type Exception, mcpScript, type Ordinary, sendEvents, sendJson } from '../../fixtures/scripted/mcp-script.ts';
import { startScripted } from '../../fixtures/scripted/scripted-server.ts';
import { deadTargets } from '../../fixtures/subjects/dead.ts';
import type { Json, JsonObject } from '../../spec/messages.ts';
import { limitsFor } from '../target/limits.ts';
import { exchangesOf } from '../trace/exchange.ts';
import type { Trace } from '../trace/trace.ts';
import { type Survey, survey } from './survey.ts';

const leftOver: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const release of leftOver.splice(0).reverse()) await release();
});

const target = (url: string) => ({ url, credentials: [] });
const PATIENT = limitsFor(30_000);
const SHORT = { ...limitsFor(400), bodyBytes: 200_000, events: 100 };

/** Looks at a server that does what `exception` says, and sees to it that nothing stays open. */
async function look(
  exception: Exception,
  {
    ordinary = {},
    limits = PATIENT,
    wanted = null,
  }: { ordinary?: Ordinary; limits?: typeof PATIENT; wanted?: Parameters<typeof survey>[2] } = {},
) {
  const server = await startScripted(mcpScript(exception, ordinary));
  leftOver.push(server.close);
  const found = await survey(target(server.url), limits, wanted);
  await server.idle();
  expectWhole(found.trace);
  return { found, asked: server.asked };
}

/** Every exchange of a finished trace has exactly one end, and the trace began when it says. */
function expectWhole({ header, events }: Trace): void {
  expect(Date.parse(header.startedAt) + (events.at(-1)?.at ?? 0)).toBeLessThanOrEqual(Date.now() + 100);
  const requests = events.filter((event) => event.kind === 'request').map(({ exchange }) => exchange);
  const ends = events.filter((event) => event.kind === 'end').map(({ exchange }) => exchange);
  expect([...ends].sort()).toEqual([...requests].sort());
}

const ordinary: Exception = () => false;
/** Answers requests for one method in a way of its own. */
const on =
  (method: string, answer: Exception): Exception =>
  (asked, response, socket) =>
    asked.message.method === method && answer(asked, response, socket);
const answering =
  (json: Json, status = 200): Exception =>
  (_, response) => {
    return sendJson(response, json, status);
  };
const initialized = (result: Json) => on('initialize', answering({ jsonrpc: '2.0', id: 1, result }));

function reasonOf(found: Survey): string {
  if (found.kind === 'judgeable') throw new Error('the survey found the target judgeable');
  return found.reason;
}

describe('a hopeless target gives one sentence', () => {
  const sentences: { [name: string]: RegExp } = {
    'nothing-listens':
      /^nothing accepts connections there \(.*ECONNREFUSED.*\): is the server running, and is the address right\?$/,
    'never-answers': /^it did not answer initialize in time: is it an MCP server\? --timeout gives it longer$/,
    closes: /^it broke the connection instead of answering initialize \(.+\): is it an HTTP server\?$/,
    garbage: /^it broke the connection instead of answering initialize \(.+\): is it an HTTP server\?$/,
    'html-site':
      /^it answers initialize with text\/html that is not a JSON-RPC response \(HTTP 200\): that is no MCP endpoint$/,
    'wants-credentials':
      /^it answers HTTP 401 to initialize: it wants credentials; give them with --header 'Authorization: Bearer \.\.\.'$/,
    'forbids-everyone':
      /^it answers HTTP 403 to initialize and says "Forbidden": does it refuse this address, or want credentials \(--header 'Authorization: Bearer \.\.\.'\)\?$/,
    'always-500': /^it answers HTTP 500 to initialize: is this the address of an MCP endpoint\?$/,
    'always-500-json': /^it answers HTTP 500 to initialize: is this the address of an MCP endpoint\?$/,
    'empty-200': /^it answers initialize with HTTP 200 and no body: that is no MCP endpoint$/,
    'json-not-rpc':
      /^it answers initialize with application\/json that is not a JSON-RPC response \(HTTP 200\): that is no MCP endpoint$/,
    'redirects-to-itself': /^it redirects \(HTTP 302\) to "\/mcp": give the address of the MCP endpoint itself$/,
    'redirects-elsewhere': /^it redirects \(HTTP 302\) to "\/elsewhere": give the address of the MCP endpoint itself$/,
    'endless-headers': /^the headers of its answer to initialize have no end: is it an MCP server\?$/,
    'endless-body-sse':
      /^its answer to initialize \(HTTP 200, text\/event-stream\) never comes to a response \((timeout|limit)\)$/,
    'endless-body-json':
      /^its answer to initialize \(HTTP 200, application\/json\) never comes to a response \(limit\)$/,
    'slow-drip': /^it did not answer initialize in time: is it an MCP server\? --timeout gives it longer$/,
  };

  it.each(Object.entries(deadTargets))('%s', async (name, dead) => {
    const running = await dead.start();
    leftOver.push(running.close);
    const found = await survey(target(running.url), SHORT, null);
    expect(reasonOf(found)).toMatch(sentences[name] ?? /^a sentence for this target is missing in the test$/);
    expectWhole(found.trace);
    expect(found.trace.header).toMatchObject({ case: 'survey', revision: '2025-11-25', target: running.url });
  });

  it.each<[string, Exception, RegExp]>([
    [
      'an error',
      on('initialize', answering({ jsonrpc: '2.0', id: 1, error: { code: -32602, message: 'no' } }, 400)),
      /^it answers initialize with the error \{"code":-32602,"message":"no"\} \(HTTP 400\)$/,
    ],
    [
      'a page that is not there',
      (_, response) => Boolean(response.writeHead(404).end()),
      /^it answers HTTP 404 to initialize: /,
    ],
    [
      'a revision that nobody knows',
      initialized({ protocolVersion: '1999-01-01' }),
      /^it answers initialize with protocolVersion "1999-01-01", which is not/,
    ],
    [
      'a revision that cannot be judged',
      initialized({ protocolVersion: '2024-11-05' }),
      /^it answers initialize with protocolVersion "2024-11-05", which is not/,
    ],
    ['no revision', initialized({}), /^it answers initialize with no protocolVersion, which is not/],
    [
      'a result that is no object',
      initialized('yes'),
      /^it answers initialize with application\/json that is not a JSON-RPC response/,
    ],
    [
      'a stream without the response',
      (_, response) => Boolean(response.writeHead(200, { 'Content-Type': 'text/event-stream' }).end(': bye\n\n')),
      /^it answers initialize with text\/event-stream that is not a JSON-RPC response/,
    ],
    [
      'a body that breaks off',
      (_, __, socket) =>
        Boolean(socket.end('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{')),
      /^it broke the connection in the middle of its answer to initialize \(.+\)$/,
    ],
    [
      'a long error',
      on('initialize', answering({ jsonrpc: '2.0', id: 1, error: 'x'.repeat(10_000) as unknown as Json })),
      /^it answers initialize with application\/json/,
    ],
  ])('%s', async (_, exception, sentence) => {
    const { found } = await look(exception, { limits: SHORT });
    expect(reasonOf(found)).toMatch(sentence);
  });

  it.each([
    ['a result', 'result'],
    ['an error', 'error'],
  ])('%s that is nested without measure', async (_, member) => {
    const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
    const exception: Exception = (_asked, response) => {
      const value = member === 'result' ? `{"protocolVersion":${deep}}` : deep;
      response
        .writeHead(200, { 'Content-Type': 'application/json' })
        .end(`{"jsonrpc":"2.0","id":1,"${member}":${value}}`);
      return true;
    };
    expect(reasonOf((await look(exception)).found)).toContain('nested too deeply');
  });

  it('a revision that the transport has not is refused without asking', async () => {
    const server = await startScripted(mcpScript(ordinary));
    leftOver.push(server.close);
    const over = { ...target(server.url), transport: 'http+sse' as const };
    const found = await survey(over, PATIENT, '2025-11-25');
    expect(reasonOf(found)).toBe('revision 2025-11-25 has no HTTP+SSE: it cannot be judged over that');
    expect(server.asked).toEqual([]);
  });

  it('the stateless revision, where only the others are spoken', async () => {
    const { found } = await look(ordinary, { wanted: '2026-07-28' });
    expect(reasonOf(found)).toMatch(
      /^it does not speak revision 2026-07-28: it answers server\/discover with the error /,
    );
  });

  it('a revision that it does not speak', async () => {
    const { found } = await look(initialized({ protocolVersion: '2025-06-18' }), { wanted: '2025-03-26' });
    expect(reasonOf(found)).toBe('it does not speak revision 2025-03-26: asked for it, it offers 2025-06-18');
  });
});

describe('a target that can be judged', () => {
  const variablesOf = (found: Survey): JsonObject => {
    if (found.kind === 'hopeless') throw new Error(found.reason);
    return { ...found.variables };
  };

  it.each([20251125, null])('need not say its revision, but is held to what it was asked: %j', async (spoken) => {
    const forgets = initialized({ protocolVersion: spoken ?? null, capabilities: {}, serverInfo: { name: 'it' } });
    const { found } = await look(forgets, { wanted: '2025-06-18' });
    expect(found).toMatchObject({ kind: 'judgeable', revision: '2025-06-18' });
  });

  it('is opened, looked at and left', async () => {
    const { found, asked } = await look(ordinary, { ordinary: { session: 'abc', capabilities: { tools: {} } } });
    expect(found).toMatchObject({ kind: 'judgeable', revision: '2025-11-25' });
    expect(variablesOf(found).server).toEqual({
      authorization: false,
      anonymous: true,
      capabilities: { tools: {} },
      serverInfo: { name: 'scripted', version: '0' },
      session: true,
      shared: true,
    });
    const methods = asked.map(({ method, message }) => String(message.method ?? method));
    expect(methods.slice(methods.indexOf('initialize'))).toEqual([
      'initialize',
      'notifications/initialized',
      'ping',
      'tools/list',
      'ping',
      'ping',
      'ping',
      'initialize',
      'DELETE',
      'DELETE',
    ]);
    expect(exchangesOf(found.trace)).toHaveLength(10);
  });

  it('is judged at the revision that it offers, or at the one that is wanted', async () => {
    const offers = initialized({ protocolVersion: '2025-06-18', capabilities: {} });
    expect((await look(offers)).found).toMatchObject({ revision: '2025-06-18' });
    for (const wanted of ['2025-03-26', '2025-06-18', '2025-11-25'] as const) {
      const { found, asked } = await look(ordinary, { wanted });
      expect(found).toMatchObject({ revision: wanted });
      expect(asked[0]?.message.params).toMatchObject({ protocolVersion: wanted });
    }
  });

  it('may answer as a stream, and may leave it open', async () => {
    const { found } = await look(
      on('initialize', ({ message }, response) => {
        return sendEvents(response, {
          jsonrpc: '2.0',
          id: message.id ?? null,
          result: { protocolVersion: '2025-11-25', capabilities: {} },
        });
      }),
    );
    expect(found.kind).toBe('judgeable');
  });

  it('may leave the answer to a notification open', async () => {
    const { found } = await look(
      on('notifications/initialized', (_, response) => {
        return sendEvents(response);
      }),
    );
    expect(found.kind).toBe('judgeable');
  });

  it('is asked for what it declares, page by page', async () => {
    const pages: { [cursor: string]: JsonObject } = {
      '': { tools: [{ name: 'a' }, 'no tool'], nextCursor: 'x' },
      x: { tools: [{ name: 'b' }], nextCursor: 'y' },
      y: { tools: 'none', nextCursor: '' },
    };
    const { found } = await look(
      on('tools/list', ({ message }, response) => {
        const cursor = (message.params as JsonObject | undefined)?.cursor ?? '';
        return sendJson(response, { jsonrpc: '2.0', id: message.id ?? null, result: pages[String(cursor)] ?? {} });
      }),
      { ordinary: { capabilities: { tools: {} } } },
    );
    expect(variablesOf(found).tools).toEqual([{ name: 'a' }, { name: 'b' }]);
  });

  it('is not followed for ever through pages that do not end', async () => {
    const { found, asked } = await look(
      on('tools/list', ({ message }, response) => {
        return sendJson(response, {
          jsonrpc: '2.0',
          id: message.id ?? null,
          result: { tools: [{ name: 'a' }], nextCursor: 'again' },
        });
      }),
      { ordinary: { capabilities: { tools: {} } } },
    );
    expect(found.kind).toBe('judgeable');
    expect(asked.length).toBeLessThan(100);
  });

  it.each<[string, Exception]>([
    ['refuses', answering({ jsonrpc: '2.0', id: 3, error: { code: -32603, message: 'no' } })],
    ['stays silent', () => true],
    ['hangs up', (_asked, _response, socket) => Boolean(socket.destroy())],
  ])('has no tools where it declares them and %s', async (_, answer) => {
    const { found } = await look(on('tools/list', answer), {
      ordinary: { capabilities: { tools: {} } },
      limits: SHORT,
    });
    expect(variablesOf(found).tools).toEqual([]);
  });

  it('asks for something in answer to everything, and so serves nothing', async () => {
    const { found } = await look(({ message, method }, response) => {
      if (method !== 'POST' || message.method === 'initialize') return false;
      return sendJson(response, { jsonrpc: '2.0', id: 'again', method: 'ping' });
    });
    expect(found).toMatchObject({ kind: 'hopeless', reason: expect.stringContaining('serves nothing in it: ping is') });
  });
});
