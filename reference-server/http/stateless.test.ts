import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Json, JsonObject } from '../../spec/messages.ts';
import {
  type Answered,
  codeIn,
  type Driver,
  drive,
  type HeaderFields,
  initialize,
  messagesIn,
  OpenStream,
  objectIn,
  postHeaders,
} from '../testing/driver.ts';
import { SchemaJudge } from '../testing/schema-judge.ts';

const meta = (more: JsonObject = {}): JsonObject => ({
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
  ...more,
});

const asking = { elicitation: {}, sampling: {}, roots: {} };

interface Sent {
  method?: string;
  params?: JsonObject;
  /** Header fields to add; null takes one away. */
  fields?: Record<string, string | string[] | null>;
  id?: Json;
}

function fieldsFor({ method = 'server/discover', params = {}, fields = {} }: Sent): HeaderFields {
  const { name, uri, taskId } = params;
  const named = name ?? uri ?? taskId;
  const all: Record<string, string | string[] | null> = {
    ...postHeaders,
    'mcp-protocol-version': '2026-07-28',
    'mcp-method': method,
    ...(typeof named === 'string' ? { 'mcp-name': named } : {}),
    ...fields,
  };
  return Object.fromEntries(Object.entries(all).flatMap(([key, value]) => (value === null ? [] : [[key, value]])));
}

const bodyFor = ({ method = 'server/discover', params = {}, id = 7 }: Sent) =>
  JSON.stringify({ jsonrpc: '2.0', id, method, params: { _meta: meta(), ...params } });

const send = (driver: Driver, sent: Sent) => driver.request('POST', fieldsFor(sent), bodyFor(sent));

const resultIn = (answered: Answered): JsonObject => objectIn(answered).result as JsonObject;

/** A server whose messages are judged in the end. */
async function judged(...[options = {}]: Parameters<typeof drive>): Promise<Driver> {
  const judge = new SchemaJudge('2026-07-28');
  onTestFinished(() => expect(judge.problems).toEqual([]));
  return drive({ seams: judge.seams, ...options });
}

describe('a request without a session', () => {
  const rows: (Sent & { name: string; status: number; code?: number })[] = [
    { name: 'that is right', status: 200 },
    { name: 'with an unknown session id', fields: { 'mcp-session-id': 'nope' }, status: 200 },
    { name: 'with a Last-Event-ID', fields: { 'last-event-id': '1-1' }, status: 200 },
    { name: 'without _meta', params: { _meta: {} }, status: 400, code: -32602 },
    { name: 'with a _meta that is none', params: { _meta: 5 }, status: 400, code: -32602 },
    {
      name: 'without a revision',
      params: { _meta: { 'io.modelcontextprotocol/clientCapabilities': {} } },
      status: 400,
      code: -32602,
    },
    {
      name: 'without capabilities',
      params: { _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' } },
      status: 400,
      code: -32602,
    },
    {
      name: 'with a capability that is none',
      params: { _meta: meta({ 'io.modelcontextprotocol/clientCapabilities': { roots: true } }) },
      status: 400,
      code: -32602,
    },
    {
      name: 'with a client that has no version',
      params: { _meta: meta({ 'io.modelcontextprotocol/clientInfo': { name: 'x' } }) },
      status: 400,
      code: -32602,
    },
    {
      name: 'with a log level that is none',
      params: { _meta: meta({ 'io.modelcontextprotocol/logLevel': 'loud' }) },
      status: 400,
      code: -32602,
    },
    { name: 'without MCP-Protocol-Version', fields: { 'mcp-protocol-version': null }, status: 400, code: -32020 },
    {
      name: 'with another MCP-Protocol-Version',
      fields: { 'mcp-protocol-version': '2025-11-25' },
      status: 400,
      code: -32020,
    },
    { name: 'without Mcp-Method', fields: { 'mcp-method': null }, status: 400, code: -32020 },
    { name: 'with another Mcp-Method', fields: { 'mcp-method': 'tools/list' }, status: 400, code: -32020 },
    { name: 'with Mcp-Method in capitals', fields: { 'mcp-method': 'SERVER/DISCOVER' }, status: 400, code: -32020 },
    { name: 'with two Mcp-Methods', fields: { 'mcp-method': ['server/discover', 'x'] }, status: 400, code: -32020 },
    {
      name: 'of a revision that nobody knows',
      params: { _meta: meta({ 'io.modelcontextprotocol/protocolVersion': '1900-01-01' }) },
      fields: { 'mcp-protocol-version': '1900-01-01' },
      status: 400,
      code: -32022,
    },
    {
      name: 'of a revision that wants a handshake',
      params: { _meta: meta({ 'io.modelcontextprotocol/protocolVersion': '2025-11-25' }) },
      fields: { 'mcp-protocol-version': '2025-11-25' },
      status: 400,
      code: -32022,
    },
    ...['nope', 'ping', 'initialize', 'logging/setLevel', 'resources/subscribe', 'tasks/list', 'tasks/result'].map(
      (method) => ({ name: `for ${method}`, method, status: 404, code: -32601 }),
    ),
    { name: 'for the name of an inherited property', method: 'constructor', status: 404, code: -32601 },
    { name: 'with a null id', id: null, status: 400, code: -32600 },
    {
      name: 'without Mcp-Name',
      method: 'tools/call',
      params: { name: 'assay_log' },
      fields: { 'mcp-name': null },
      status: 400,
      code: -32020,
    },
    {
      name: 'with another Mcp-Name',
      method: 'prompts/get',
      params: { name: 'assay_greeting' },
      fields: { 'mcp-name': 'assay_picture' },
      status: 400,
      code: -32020,
    },
    {
      name: 'with Mcp-Name in base64',
      method: 'resources/read',
      params: { uri: 'assay://about' },
      fields: { 'mcp-name': `=?base64?${Buffer.from('assay://about').toString('base64')}?=` },
      status: 200,
    },
    {
      name: 'with Mcp-Name in broken base64',
      method: 'resources/read',
      params: { uri: 'assay://about' },
      fields: { 'mcp-name': '=?base64?YQ?=' },
      status: 400,
      code: -32020,
    },
    { name: 'for an unknown tool', method: 'tools/call', params: { name: 'nope' }, status: 200, code: -32602 },
    {
      name: 'for a resource that is not there',
      method: 'resources/read',
      params: { uri: 'assay://nope' },
      status: 200,
      code: -32602,
    },
    {
      name: 'that needs a capability the client has not',
      method: 'tools/call',
      params: { name: 'assay_sample' },
      status: 400,
      code: -32021,
    },
    {
      name: 'for a task of a client that knows no tasks',
      method: 'tasks/get',
      params: { taskId: 'x' },
      status: 400,
      code: -32021,
    },
    {
      name: 'to listen for nothing in particular',
      method: 'subscriptions/listen',
      params: {},
      status: 200,
      code: -32602,
    },
    {
      name: 'to listen for tasks without knowing them',
      method: 'subscriptions/listen',
      params: { notifications: { taskIds: ['x'] } },
      status: 400,
      code: -32021,
    },
  ];

  it.each(rows)('$name: $status $code', async ({ status, code, ...sent }) => {
    const driver = await judged();
    const answered = await send(driver, sent);
    expect(answered.status).toBe(status);
    expect(answered.headers).not.toHaveProperty('mcp-session-id');
    expect(codeIn(answered)).toBe(code);
    if (sent.id !== null) expect(objectIn(answered).id).toBe(7);
  });

  it('says in every result who answered, and how long the result is good', async () => {
    const driver = await judged();
    const result = resultIn(await send(driver, {}));
    expect(result).toMatchObject({
      resultType: 'complete',
      supportedVersions: ['2026-07-28', '2025-11-25', '2025-06-18', '2025-03-26'],
      ttlMs: 3_600_000,
      cacheScope: 'public',
      _meta: { 'io.modelcontextprotocol/serverInfo': { name: 'mcp-assay-reference-server' } },
    });
    for (const method of ['tools/list', 'prompts/list', 'resources/list', 'resources/templates/list']) {
      expect(resultIn(await send(driver, { method }))).toMatchObject({ ttlMs: 60_000, cacheScope: 'public' });
    }
    const called = resultIn(await send(driver, { method: 'tools/call', params: { name: 'assay_fail' } }));
    expect(called).not.toHaveProperty('ttlMs');
    expect(called).toMatchObject({ resultType: 'complete', isError: true });
  });

  it('is told which revisions there are', async () => {
    const driver = await judged();
    const ask = async (version: string) => {
      const params = { _meta: meta({ 'io.modelcontextprotocol/protocolVersion': version }) };
      return objectIn(await send(driver, { params, fields: { 'mcp-protocol-version': version } })).error;
    };
    const all = ['2026-07-28', '2025-11-25', '2025-06-18', '2025-03-26'];
    expect(await ask('1900-01-01')).toMatchObject({ data: { supported: all, requested: '1900-01-01' } });
    expect(await ask('2025-11-25')).toMatchObject({ data: { supported: ['2026-07-28'], requested: '2025-11-25' } });
  });

  it('that is no request is taken, or turned away', async () => {
    const driver = await drive();
    const fields = { ...postHeaders, 'mcp-protocol-version': '2026-07-28' };
    const post = (body: unknown) => driver.request('POST', fields, JSON.stringify(body));
    expect(await post({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } })).toMatchObject({
      status: 202,
      text: '',
    });
    expect(await post({ jsonrpc: '2.0', id: 1, result: {} })).toMatchObject({ status: 400 });
    expect(await post([{ jsonrpc: '2.0', id: 1, method: 'tools/list' }])).toMatchObject({ status: 400 });
    expect(objectIn(await post({ jsonrpc: '2.0', id: 1 }))).toMatchObject({ error: { code: -32600 } });
  });

  it('lives beside sessions on the same endpoint', async () => {
    const driver = await drive();
    const session = await driver.openSession();
    expect((await send(driver, { fields: session })).status).toBe(400);
    expect((await send(driver, { fields: { 'mcp-session-id': session['mcp-session-id'] } })).status).toBe(200);
    expect(objectIn(await driver.post({ jsonrpc: '2.0', id: 1, method: 'ping' }, session))).toMatchObject({
      result: {},
    });
  });
});

describe('a server without handshakes', () => {
  it('has no sessions, and says so', async () => {
    const driver = await judged({ revisions: ['2026-07-28'] });
    const refused = await driver.post(initialize('2025-11-25'));
    expect(refused.status).toBe(400);
    expect(objectIn(refused)).toMatchObject({
      id: 'init',
      error: { code: -32022, data: { supported: ['2026-07-28'], requested: '2025-11-25' } },
    });
    for (const method of ['GET', 'DELETE']) {
      const answered = await driver.request(method, { accept: 'text/event-stream' });
      expect([answered.status, answered.headers.allow]).toEqual([405, 'POST']);
    }
    expect(codeIn(await driver.post({ jsonrpc: '2.0', id: 1, method: 'tools/list' }))).toBe(-32020);
    expect((await driver.post({ jsonrpc: '2.0', method: 'notifications/initialized' })).status).toBe(400);
    expect((await send(driver, {})).status).toBe(200);
  });

  it('and one without 2026-07-28 does not know what such a request means', async () => {
    const driver = await drive({ revisions: ['2025-11-25'] });
    const answered = await send(driver, {});
    expect([answered.status, codeIn(answered)]).toEqual([400, -32600]);
  });
});

describe('parameters repeated in header fields', () => {
  const call = (args: JsonObject, fields: Record<string, string>): Sent => ({
    method: 'tools/call',
    params: { name: 'assay_header', arguments: args },
    fields,
  });

  it.each([
    [{}, {}],
    [{ region: null }, {}],
    [{ region: 'eu' }, { 'mcp-param-region': 'eu' }],
    [{ region: 'eu' }, { 'MCP-PARAM-REGION': 'eu' }],
    [{ region: '世界' }, { 'mcp-param-region': '=?base64?5LiW55WM?=' }],
    [{ region: ' a ' }, { 'mcp-param-region': '=?base64?IGEg?=' }],
    [{ region: 'SGVsbG8=' }, { 'mcp-param-region': 'SGVsbG8=' }],
    [{ region: '=?base64?x' }, { 'mcp-param-region': '=?base64?x' }],
    [{ level: 42 }, { 'mcp-param-level': '42' }],
    [{ level: 42 }, { 'mcp-param-level': '42.0' }],
    [
      { level: -7, urgent: false },
      { 'mcp-param-level': '-7', 'mcp-param-urgent': 'false' },
    ],
    [{}, { 'mcp-param-unknown': 'x' }],
  ] as [JsonObject, Record<string, string>][])('%j goes with %j', async (args, fields) => {
    const driver = await drive();
    expect((await send(driver, call(args, fields))).status).toBe(200);
  });

  it.each([
    [{ region: 'eu' }, {}],
    [{}, { 'mcp-param-region': 'eu' }],
    [{ region: 'eu' }, { 'mcp-param-region': 'us' }],
    [{ region: 'eu' }, { 'mcp-param-region': 'EU' }],
    [{ region: 'Hello' }, { 'mcp-param-region': '=?base64?SGVsbG8?=' }],
    [{ region: 'Hello' }, { 'mcp-param-region': '=?base64?SGVs!!!bG8=?=' }],
    [{ region: 'é' }, { 'mcp-param-region': '=?base64?6Q==?=' }],
    [{ region: 'é' }, { 'mcp-param-region': 'é' }],
    [{ level: 42 }, { 'mcp-param-level': '42abc' }],
    [{ level: 42 }, { 'mcp-param-level': '' }],
    [{ urgent: true }, { 'mcp-param-urgent': 'True' }],
  ] as [JsonObject, Record<string, string>][])('%j does not go with %j', async (args, fields) => {
    const driver = await drive();
    const answered = await send(driver, call(args, fields));
    expect([answered.status, codeIn(answered)]).toEqual([400, -32020]);
  });
});

describe('questions in the answer', () => {
  const capable = meta({ 'io.modelcontextprotocol/clientCapabilities': asking });
  const ask = (driver: Driver, name: string, more: JsonObject = {}) =>
    send(driver, { method: 'tools/call', params: { name, ...more, _meta: capable } });
  const name = { action: 'accept', content: { name: 'Ann' } };

  it('come in rounds, and what was answered is remembered', async () => {
    const driver = await judged();
    const first = resultIn(await ask(driver, 'assay_interview'));
    expect(first).toMatchObject({
      resultType: 'input_required',
      inputRequests: { name: { method: 'elicitation/create', params: { mode: 'form' } } },
      requestState: expect.any(String),
    });
    expect(first).not.toHaveProperty('ttlMs');
    const second = resultIn(
      await ask(driver, 'assay_interview', { inputResponses: { name }, requestState: first.requestState ?? '' }),
    );
    expect(Object.keys(second.inputRequests as JsonObject)).toEqual(['color']);
    const color = { action: 'accept', content: { color: 'red' } };
    const again = { inputResponses: { color, other: 1 }, requestState: second.requestState ?? '' };
    const third = resultIn(await ask(driver, 'assay_interview', again));
    expect(third).toMatchObject({ resultType: 'complete', content: [{ text: 'Ann likes red.' }] });
    // Nothing is kept on the server, so the same can be said twice.
    expect(resultIn(await ask(driver, 'assay_interview', again))).toEqual(third);
  });

  it('are asked again where the answer is missing', async () => {
    const driver = await judged();
    const result = resultIn(await ask(driver, 'assay_interview', { inputResponses: { wrong: name } }));
    expect(result).toMatchObject({ resultType: 'input_required', inputRequests: { name: {} } });
  });

  it.each<[string, JsonObject]>([
    ['answers that are none', { inputResponses: 5 }],
    ['an answer that is none', { inputResponses: { name: 5 } }],
    ['an answer without an action', { inputResponses: { name: {} } }],
    ['a form that was not filled in', { inputResponses: { name: { action: 'accept', content: {} } } }],
    ['a state that is none', { requestState: 'x' }],
    ['a state that is no text', { requestState: 5 }],
  ])('do not take %s', async (_name, more) => {
    const driver = await judged();
    expect(codeIn(await ask(driver, 'assay_interview', more))).toBe(-32602);
  });

  it('have a state that is good for nothing else', async () => {
    const driver = await judged();
    const { requestState = '' } = resultIn(await ask(driver, 'assay_interview'));
    const text = String(requestState);
    const more = (state: string) => ({ inputResponses: { name }, requestState: state });
    for (const wrong of [`${text}x`, text.slice(1), text.toUpperCase(), text.replace('.', '..'), `.${text}`]) {
      expect(codeIn(await ask(driver, 'assay_interview', more(wrong)))).toBe(-32602);
    }
    expect(codeIn(await ask(driver, 'assay_sample', more(text)))).toBe(-32602);
    expect(codeIn(await ask(driver, 'assay_interview', { ...more(text), arguments: { x: 1 } }))).toBe(-32602);
    const other = await judged();
    expect(codeIn(await ask(other, 'assay_interview', more(text)))).toBe(-32602);
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    expect(codeIn(await ask(driver, 'assay_interview', more(text)))).toBeUndefined();
    vi.advanceTimersByTime(11 * 60_000);
    expect(codeIn(await ask(driver, 'assay_interview', more(text)))).toBe(-32602);
  });

  it('are only such as the client can answer', async () => {
    const driver = await judged();
    const answered = await send(driver, {
      method: 'tools/call',
      params: { name: 'assay_elicit', arguments: { mode: 'url' } },
    });
    expect(objectIn(answered)).toMatchObject({
      error: { code: -32021, data: { requiredCapabilities: { elicitation: { url: {} } } } },
    });
  });
});

describe('a request whose client goes away', () => {
  it('is cancelled', async () => {
    const stopped: string[] = [];
    const driver = await drive({
      seams: ({ dispatch }) => ({
        dispatch: {
          responseToStopped(request, reason) {
            stopped.push(reason);
            return dispatch.responseToStopped(request, reason);
          },
        },
      }),
    });
    const params = {
      name: 'assay_progress',
      arguments: { steps: 100, delay_ms: 100 },
      _meta: meta({ progressToken: 1 }),
    };
    const sent: Sent = { method: 'tools/call', params };
    const controller = new AbortController();
    const stream = new OpenStream(
      await driver.begin('POST', fieldsFor(sent), bodyFor(sent), '/mcp', controller.signal),
    );
    await stream.seen('notifications/progress');
    controller.abort();
    await expect(stream.end()).rejects.toThrow();
    await vi.waitUntil(() => stopped.length > 0, 10_000);
    expect(stopped).toEqual(['cancelled']);
    expect(driver.log).not.toContainEqual(expect.objectContaining({ event: 'handler-failed' }));
  });

  it('sends its messages on its own stream, and no others', async () => {
    const driver = await judged();
    const more = { _meta: meta({ progressToken: 'p', 'io.modelcontextprotocol/logLevel': 'error' }) };
    const [progressed, logged] = await Promise.all([
      send(driver, { method: 'tools/call', params: { name: 'assay_progress', arguments: { steps: 2 }, ...more } }),
      send(driver, { method: 'tools/call', params: { name: 'assay_log', ...more } }),
    ]);
    expect(messagesIn(progressed.text).map(({ method }) => method ?? 'response')).toEqual([
      'notifications/progress',
      'notifications/progress',
      'response',
    ]);
    expect(messagesIn(logged.text)).toHaveLength(5);
    for (const { text } of [progressed, logged]) expect(text).not.toMatch(/^(id|retry):/m);
  });
});

describe('subscriptions', () => {
  const listen = async (driver: Driver, id: Json, notifications: JsonObject, capabilities: JsonObject = {}) => {
    const sent: Sent = {
      method: 'subscriptions/listen',
      id,
      params: { notifications, _meta: meta({ 'io.modelcontextprotocol/clientCapabilities': capabilities }) },
    };
    const stream = new OpenStream(await driver.begin('POST', fieldsFor(sent), bodyFor(sent)));
    await stream.seen('acknowledged');
    return stream;
  };
  const change = (driver: Driver, list: string) =>
    send(driver, { method: 'tools/call', params: { name: 'assay_change_lists', arguments: { list } } });

  it.each(['auto', 'json', 'sse'] as const)('hear of what they asked for, each for itself (%s)', async (answers) => {
    const driver = await judged({ answers });
    const one = await listen(driver, 0, { toolsListChanged: true, promptsListChanged: false });
    const two = await listen(driver, 'two', {
      promptsListChanged: true,
      resourceSubscriptions: ['assay://counter', 'x'],
    });
    await change(driver, 'prompts');
    await change(driver, 'tools');
    await send(driver, { method: 'tools/call', params: { name: 'assay_update_resource' } });
    await driver.server.close();
    const [first, second] = [messagesIn(await one.end()), messagesIn(await two.end())];
    expect(first[0]).toMatchObject({
      method: 'notifications/subscriptions/acknowledged',
      params: { notifications: { toolsListChanged: true } },
    });
    expect(second[0]).toMatchObject({
      params: { notifications: { promptsListChanged: true, resourceSubscriptions: ['assay://counter'] } },
    });
    for (const [id, messages] of [
      [0, first],
      ['two', second],
    ] as const) {
      for (const { params, result } of messages) {
        const { _meta } = (params ?? result) as JsonObject;
        expect(_meta).toMatchObject({ 'io.modelcontextprotocol/subscriptionId': id });
      }
      expect(messages.at(-1)).toMatchObject({ id, result: { resultType: 'complete' } });
    }
    expect(new Set(first.slice(1, -1).map(({ method }) => method))).toEqual(
      new Set(['notifications/tools/list_changed']),
    );
    expect(new Set(second.slice(1, -1).map(({ method }) => method))).toEqual(
      new Set(['notifications/prompts/list_changed', 'notifications/resources/updated']),
    );
  });

  it('hear of tasks', async () => {
    const driver = await judged();
    const extensions = { extensions: { 'io.modelcontextprotocol/tasks': {} } };
    const params = {
      name: 'assay_slow',
      arguments: { ms: 300 },
      _meta: meta({ 'io.modelcontextprotocol/clientCapabilities': extensions }),
    };
    const { taskId = '' } = resultIn(await send(driver, { method: 'tools/call', params }));
    const heard = await listen(driver, 1, { taskIds: [taskId, 'nope'] }, extensions);
    await vi.waitUntil(async () => {
      const polled = await send(driver, { method: 'tasks/get', params: { taskId, _meta: params._meta } });
      return resultIn(polled).status === 'completed';
    }, 10_000);
    await driver.server.close();
    expect(messagesIn(await heard.end())).toMatchObject([
      { params: { notifications: { taskIds: [taskId] } } },
      { method: 'notifications/tasks', params: { taskId, status: 'completed', result: { content: [{}] } } },
      { id: 1, result: {} },
    ]);
  });
});
