import { expect, it } from 'vitest';
import type { Json } from '../../../spec/messages.ts';
import type { Revision } from '../../../spec/revisions.ts';
import type { Arrival, Plan } from './plan.ts';
import { ScriptPlayer } from './player.ts';
import type { ServerScript } from './server-script.ts';

function player(script: ServerScript = {}, revision: Revision = '2025-11-25') {
  return new ScriptPlayer(script, revision);
}

function post(message: Json | string, headers: Arrival['headers'] = []): Arrival {
  const body = typeof message === 'string' ? message : JSON.stringify(message);
  return { method: 'POST', headers, body: Buffer.from(body) };
}

function http(method: string, headers: Arrival['headers'] = []): Arrival {
  return { method, headers, body: new Uint8Array() };
}

const initialize = (id: Json, protocolVersion = '2025-11-25') =>
  post({ jsonrpc: '2.0', id, method: 'initialize', params: { protocolVersion, capabilities: {} } });
const call = (id: Json, method: string, params = {}) => post({ jsonrpc: '2.0', id, method, params });

function text({ chunks }: Plan): string {
  return Buffer.concat(chunks.map(({ bytes }) => bytes)).toString();
}

const json = (plan: Plan): Json => JSON.parse(text(plan));
const header = ({ headers }: Plan, name: string) => headers.find(([key]) => key === name)?.[1];

it('agrees to the judged revision and issues a session id', () => {
  const plan = player().plan(initialize(1, '2025-06-18'));
  expect(plan).toMatchObject({ status: 200, ending: 'complete' });
  expect(json(plan)).toMatchObject({ jsonrpc: '2.0', id: 1, result: { protocolVersion: '2025-11-25' } });
  expect(header(plan, 'MCP-Session-Id')).toMatch(/^assay-/);
});

it('repeats the version that the client offers, or names the one of the script', () => {
  expect(json(player({ version: 'offered' }).plan(initialize(1, 'x')))).toMatchObject({
    result: { protocolVersion: 'x' },
  });
  expect(json(player({ version: 'y' }).plan(initialize(1, 'x')))).toMatchObject({ result: { protocolVersion: 'y' } });
});

it('issues the session id that the script wants, under the name that it wants, or none', () => {
  expect(player({ session: '~', sessionHeader: 'mcp-session-ID' }).plan(initialize(1)).headers).toContainEqual([
    'mcp-session-ID',
    '~',
  ]);
  expect(player({ session: false }).plan(initialize(1)).headers).toEqual([['Content-Type', 'application/json']]);
  expect(
    player({}, '2025-03-26')
      .plan(initialize(1))
      .headers.map(([name]) => name),
  ).toContain('Mcp-Session-Id');
});

it('answers with the id of the request, whatever it is', () => {
  for (const id of ['', 0, null, 1.5, '7', { odd: true }])
    expect(json(player().plan(call(id, 'ping')))).toMatchObject({ id });
});

it('answers usual methods, and unknown ones with an error', () => {
  const one = player();
  expect(json(one.plan(call(1, 'tools/list')))).toMatchObject({ result: { tools: [{ name: 'add_numbers' }, {}, {}] } });
  const sum = call(2, 'tools/call', { name: 'add_numbers', arguments: { a: 5, b: 3 } });
  expect(json(one.plan(sum))).toMatchObject({ result: { content: [{ text: 'The sum is 8' }] } });
  expect(json(one.plan(call(3, 'tools/call', { name: 'none' })))).toMatchObject({ error: { code: -32602 } });
  expect(json(one.plan(call(4, 'x/y')))).toMatchObject({ id: 4, error: { code: -32601 } });
});

it('gives pages by their cursors', () => {
  const one = player({ pages: [{ tools: 2, nextCursor: 'ü' }, { tools: 0, nextCursor: 'z' }, { tools: 2 }] });
  expect(json(one.plan(call(1, 'tools/list')))).toMatchObject({ result: { tools: [{}, {}], nextCursor: 'ü' } });
  expect(json(one.plan(call(2, 'tools/list', { cursor: 'ü' })))).toEqual({
    jsonrpc: '2.0',
    id: 2,
    result: { tools: [], nextCursor: 'z' },
  });
  const last = json(one.plan(call(3, 'tools/list', { cursor: 'z' })));
  expect(last).toMatchObject({ result: { tools: [{ name: 'assay_echo' }, { name: 'assay_tool_4' }] } });
  expect(json(one.plan(call(4, 'tools/list', { cursor: 'u' })))).toMatchObject({ error: { code: -32602 } });
});

it('takes notifications and responses with 202, GET with 405, DELETE with 200', () => {
  const one = player();
  expect(one.plan(post({ jsonrpc: '2.0', method: 'notifications/initialized' }))).toMatchObject({
    status: 202,
    chunks: [],
  });
  expect(one.plan(post({ jsonrpc: '2.0', id: 1, result: {} }))).toMatchObject({ status: 202, chunks: [] });
  expect(one.plan(http('GET'))).toMatchObject({ status: 405 });
  expect(one.plan(http('DELETE', [['mcp-session-id', 'x']]))).toMatchObject({ status: 200 });
  expect(one.plan(http('DELETE'))).toMatchObject({ status: 400 });
});

it('refuses what is no message', () => {
  expect(player().plan(post('{'))).toMatchObject({ status: 400 });
  expect(json(player().plan(post('{')))).toMatchObject({ error: { code: -32700 } });
  expect(json(player().plan(post('5')))).toMatchObject({ error: { code: -32600 } });
});

it('answers batches where there are any', () => {
  const batch = post([
    { jsonrpc: '2.0', id: 1, method: 'ping' },
    { jsonrpc: '2.0', method: 'notifications/x' },
    { jsonrpc: '2.0', id: 2, method: 'ping' },
  ]);
  expect(json(player({}, '2025-03-26').plan(batch))).toMatchObject([{ id: 1 }, { id: 2 }]);
  expect(player({}, '2025-11-25').plan(batch)).toMatchObject({ status: 400 });
  expect(player({}, '2025-03-26').plan(post('[{"jsonrpc":"2.0","method":"x"}]'))).toMatchObject({ status: 202 });
});

it('does not understand requests of 2026-07-28', () => {
  const _meta = { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' };
  expect(player().plan(call(1, 'tools/list', { _meta }))).toMatchObject({ status: 400, chunks: [] });
});

it('answers as the first rule says that fits', () => {
  const one = player({
    answers: [
      { to: 'ping', nth: 2, status: 500, text: 'no', headers: { 'X-Assay': '1' } },
      { to: 'ping', error: { code: 1, message: 'x' }, headers: { 'content-type': 'Application/JSON' } },
      { to: 'GET', resuming: true, status: 204, text: '' },
    ],
  });
  const first = one.plan(call(1, 'ping'));
  expect(json(first)).toEqual({ jsonrpc: '2.0', id: 1, error: { code: 1, message: 'x' } });
  expect(first.headers).toEqual([['content-type', 'Application/JSON']]);
  expect(one.plan(call(2, 'ping'))).toMatchObject({ status: 500, headers: [['X-Assay', '1']] });
  expect(one.plan(call(3, 'ping'))).toMatchObject({ status: 200 });
  expect(one.plan(http('GET'))).toMatchObject({ status: 405 });
  expect(one.plan(http('GET', [['Last-Event-ID', '1']]))).toMatchObject({ status: 204 });
});

it('ends a session, and answers its id with 404 until a new one is opened', () => {
  const one = player({ session: 's', answers: [{ to: 'ping', status: 404, text: '', endSession: true }] });
  const session: Arrival['headers'] = [['Mcp-Session-Id', 's']];
  one.plan(initialize(1));
  expect(one.plan({ ...call(2, 'ping'), headers: session })).toMatchObject({ status: 404, chunks: [] });
  expect(one.plan({ ...call(3, 'tools/list'), headers: session })).toMatchObject({ status: 404 });
  expect(one.plan({ ...initialize(4), headers: session })).toMatchObject({ status: 200 });
  expect(one.plan(call(5, 'tools/list'))).toMatchObject({ status: 200 });
});

it('writes streams, cut as the script says', () => {
  const events = [{ message: { id: 'p', method: 'ping' } }, { response: true as const, wait: 50 }];
  const stream = (cut?: 'whole' | 'bytes') =>
    player({ answers: [{ to: 'ping', stream: { events, ...(cut ? { cut } : {}) } }] });
  const plan = stream().plan(call(1, 'ping'));
  expect(header(plan, 'Content-Type')).toBe('text/event-stream');
  expect(plan.chunks.map(({ wait }) => wait)).toEqual([0, 50]);
  expect(text(plan)).toBe(
    'event: message\ndata: {"jsonrpc":"2.0","id":"p","method":"ping"}\n\nevent: message\ndata: {"jsonrpc":"2.0","id":1,"result":{}}\n\n',
  );
  const bytes = stream('bytes').plan(call(1, 'ping'));
  expect(bytes.chunks.every(({ bytes }) => bytes.length === 1)).toBe(true);
  expect(text(bytes)).toBe(text(plan));
});

it('writes the response to an earlier request on another stream', () => {
  const answers = [
    { to: 'tools/call', stream: { events: [{ event: null, id: '1', data: '' }], ending: 'drop' as const } },
    { to: 'GET', stream: { events: [{ event: null, response: 'tools/call' }] } },
  ];
  const one = player({ answers });
  expect(one.plan(call(9, 'tools/call', { name: 'test_reconnection' }))).toMatchObject({ ending: 'drop' });
  expect(text(one.plan(http('GET')))).toMatch(/^data: \{"jsonrpc":"2.0","id":9,"result":.*\}\n\n$/);
});

it('knows when everything it asked has been answered', async () => {
  const one = player({ answers: [{ to: 'ping', stream: { events: [{ message: { id: 'p', method: 'ping' } }] } }] });
  await one.allAnswered();
  one.plan(call(1, 'ping'));
  let answered = false;
  const all = one.allAnswered().then(() => {
    answered = true;
  });
  await Promise.resolve();
  expect(answered).toBe(false);
  one.plan(post({ jsonrpc: '2.0', id: 'p', result: {} }));
  await all;
  expect(answered).toBe(true);
});

it('prefers streams where a client reads nothing else, but for answers of a given form', () => {
  const one = player({ answerAs: 'stream', answers: [{ to: 'tools/list', form: 'compact' }] });
  expect(header(one.plan(initialize(1)), 'Content-Type')).toBe('text/event-stream');
  expect(header(one.plan(call(2, 'ping')), 'Content-Type')).toBe('text/event-stream');
  expect(header(one.plan(call(3, 'tools/list')), 'Content-Type')).toBe('application/json');
});
