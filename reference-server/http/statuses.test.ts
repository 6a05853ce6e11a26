import { describe, expect, it } from 'vitest';
import type { Json } from '../../spec/messages.ts';
import {
  call,
  codeIn,
  type Driver,
  drive,
  type HeaderFields,
  initialize,
  objectIn,
  postHeaders,
} from '../testing/driver.ts';

const revisions = ['2025-03-26', '2025-06-18', '2025-11-25'];
const ping = { jsonrpc: '2.0', id: 7, method: 'ping' };
const note = { jsonrpc: '2.0', method: 'notifications/something' };
const text = (value: unknown) => JSON.stringify(value);

interface Row {
  name: string;
  method?: string;
  path?: string;
  /** Fields to add; null takes one away. */
  fields?: Record<string, string | string[] | null>;
  body?: string | Buffer;
  status: number;
  /** The code of the error in the body. */
  code?: number;
  /** The id of the error; undefined for none. */
  id?: Json;
}

const rows: Row[] = [
  { name: 'an unknown path', path: '/other', status: 404, code: -32600 },
  { name: 'the path with a slash more', path: '/mcp/', status: 404, code: -32600 },
  { name: 'the path in capitals', path: '/MCP', status: 404, code: -32600 },
  { name: 'the path with a query', path: '/mcp?a=b', body: text(ping), status: 200 },
  ...['PUT', 'PATCH', 'OPTIONS', 'TRACE', 'QUERY'].map((method) => ({
    name: method,
    method,
    status: 405,
    code: -32600,
  })),
  { name: 'an unknown path before a wrong method', method: 'PUT', path: '/other', status: 404, code: -32600 },
  { name: 'a foreign Host', fields: { host: 'evil.example' }, body: text(ping), status: 403, code: -32600 },
  { name: 'a foreign Origin', fields: { origin: 'http://evil.example' }, body: text(ping), status: 403, code: -32600 },
  { name: 'the Origin null', fields: { origin: 'null' }, body: text(ping), status: 403, code: -32600 },
  { name: 'a loopback Origin', fields: { origin: 'http://localhost:6274' }, body: text(ping), status: 200 },
  {
    name: 'a foreign Origin on GET',
    method: 'GET',
    fields: { origin: 'http://evil.example' },
    status: 403,
    code: -32600,
  },
  {
    name: 'a foreign Origin on DELETE',
    method: 'DELETE',
    fields: { origin: 'http://evil.example' },
    status: 403,
    code: -32600,
  },
  {
    name: 'a foreign Origin before anything wrong later',
    fields: { origin: 'x', accept: 'x', 'content-type': 'x' },
    body: '{',
    status: 403,
    code: -32600,
  },
  { name: 'Accept of JSON only', fields: { accept: 'application/json' }, body: text(ping), status: 406, code: -32600 },
  {
    name: 'Accept of streams only',
    fields: { accept: 'text/event-stream' },
    body: text(ping),
    status: 406,
    code: -32600,
  },
  { name: 'Accept of everything', fields: { accept: '*/*' }, body: text(ping), status: 200 },
  { name: 'no Accept', fields: { accept: null }, body: text(ping), status: 200 },
  {
    name: 'GET that accepts JSON only',
    method: 'GET',
    fields: { accept: 'application/json' },
    status: 406,
    code: -32600,
  },
  {
    name: 'another Content-Type',
    fields: { 'content-type': 'text/plain' },
    body: text(ping),
    status: 415,
    code: -32600,
  },
  { name: 'no Content-Type', fields: { 'content-type': null }, body: text(ping), status: 415, code: -32600 },
  {
    name: 'Content-Type with a charset',
    fields: { 'content-type': 'application/json; charset=utf-8' },
    body: text(ping),
    status: 200,
  },
  {
    name: 'a body that is too large',
    body: text({ ...ping, params: { x: 'x'.repeat(2000) } }),
    status: 413,
    code: -32600,
  },
  { name: 'invalid UTF-8', body: Buffer.from([0x7b, 0xff, 0x7d]), status: 400, code: -32700, id: null },
  { name: 'malformed JSON', body: '{"jsonrpc":"2.0",', status: 400, code: -32700, id: null },
  { name: 'no body', status: 400, code: -32700, id: null },
  { name: 'a scalar', body: '5', status: 400, code: -32600, id: null },
  { name: 'an empty object', body: '{}', status: 400, code: -32600, id: null },
  { name: 'a wrong jsonrpc', body: text({ ...ping, jsonrpc: '1.0' }), status: 400, code: -32600, id: 7 },
  { name: 'a null id', body: text({ ...ping, id: null }), status: 400, code: -32600, id: null },
  { name: 'a fractional id', body: text({ ...ping, id: 1.5 }), status: 400, code: -32600, id: null },
  { name: 'params as an array', body: text({ ...ping, params: [] }), status: 400, code: -32600, id: 7 },
  { name: 'a notification with bad params', body: text({ ...note, params: [] }), status: 400, code: -32600 },
  {
    name: 'a response with result and error',
    body: text({ jsonrpc: '2.0', id: 7, result: {}, error: { code: 1, message: 'x' } }),
    status: 400,
    code: -32600,
  },
  { name: 'no session id', fields: { 'mcp-session-id': null }, body: text(ping), status: 400, code: -32600, id: 7 },
  {
    name: 'an unknown session id',
    fields: { 'mcp-session-id': 'nope' },
    body: text(ping),
    status: 404,
    code: -32600,
    id: 7,
  },
  {
    name: 'a huge session id',
    fields: { 'mcp-session-id': 'x'.repeat(10_000) },
    body: text(ping),
    status: 404,
    code: -32600,
    id: 7,
  },
  {
    name: 'an unknown session id on a notification',
    fields: { 'mcp-session-id': 'nope' },
    body: text(note),
    status: 404,
    code: -32600,
  },
  { name: 'no session id on GET', method: 'GET', fields: { 'mcp-session-id': null }, status: 400, code: -32600 },
  {
    name: 'an unknown session id on GET',
    method: 'GET',
    fields: { 'mcp-session-id': 'nope' },
    status: 404,
    code: -32600,
  },
  { name: 'no session id on DELETE', method: 'DELETE', fields: { 'mcp-session-id': null }, status: 400, code: -32600 },
  {
    name: 'an unknown session id on DELETE',
    method: 'DELETE',
    fields: { 'mcp-session-id': 'nope' },
    status: 404,
    code: -32600,
  },
  {
    name: 'the envelope before the session',
    fields: { 'mcp-session-id': null },
    body: '{',
    status: 400,
    code: -32700,
    id: null,
  },
  {
    name: 'the session before the version',
    fields: { 'mcp-session-id': 'nope', 'mcp-protocol-version': '1999-01-01' },
    body: text(ping),
    status: 404,
    code: -32600,
    id: 7,
  },
  {
    name: 'a version that is none',
    fields: { 'mcp-protocol-version': 'nonsense' },
    body: text(ping),
    status: 400,
    code: -32600,
    id: 7,
  },
  {
    name: 'an empty version',
    fields: { 'mcp-protocol-version': '' },
    body: text(ping),
    status: 400,
    code: -32600,
    id: 7,
  },
  {
    name: 'a version that is not supported',
    fields: { 'mcp-protocol-version': '2024-11-05' },
    body: text(note),
    status: 400,
    code: -32600,
  },
  {
    name: 'two versions',
    fields: { 'mcp-protocol-version': revisions },
    body: text(ping),
    status: 400,
    code: -32600,
    id: 7,
  },
  { name: 'a wrong version on GET', method: 'GET', fields: { 'mcp-protocol-version': 'x' }, status: 400, code: -32600 },
  {
    name: 'a wrong version on DELETE',
    method: 'DELETE',
    fields: { 'mcp-protocol-version': 'x' },
    status: 400,
    code: -32600,
  },
  {
    name: 'a wrong version on initialize',
    fields: { 'mcp-session-id': null, 'mcp-protocol-version': 'x' },
    body: text(initialize()),
    status: 400,
    code: -32600,
    id: 'init',
  },
  { name: 'no version', fields: { 'mcp-protocol-version': null }, body: text(ping), status: 200 },
  ...revisions.map((revision) => ({
    name: `the version ${revision}`,
    fields: { 'mcp-protocol-version': revision },
    body: text(ping),
    status: 200,
  })),
  { name: 'a second initialize', body: text(initialize()), status: 400, code: -32600, id: 'init' },
  {
    name: 'initialize in an unknown session',
    fields: { 'mcp-session-id': 'nope' },
    body: text(initialize()),
    status: 404,
    code: -32600,
    id: 'init',
  },
  { name: 'a ping', body: text(ping), status: 200 },
  { name: 'a ping with params', body: text({ ...ping, params: {} }), status: 200 },
  { name: 'an unknown method', body: text({ ...ping, method: 'nope' }), status: 200, code: -32601, id: 7 },
  {
    name: 'the name of an inherited property',
    body: text({ ...ping, method: 'constructor' }),
    status: 200,
    code: -32601,
    id: 7,
  },
  { name: 'a method in capitals', body: text({ ...ping, method: 'PING' }), status: 200, code: -32601, id: 7 },
  {
    name: 'a log level that is none',
    body: text({ ...ping, method: 'logging/setLevel', params: { level: 'loud' } }),
    status: 200,
    code: -32602,
    id: 7,
  },
  {
    name: 'a log level',
    body: text({ ...ping, method: 'logging/setLevel', params: { level: 'info' } }),
    status: 200,
  },
  ...['resources/read', 'resources/subscribe'].map((method) => ({
    name: `${method} of what is not there`,
    body: text({ ...ping, method, params: { uri: 'assay://nope' } }),
    status: 200,
    code: -32002,
    id: 7,
  })),
  {
    name: 'an unknown prompt',
    body: text({ ...ping, method: 'prompts/get', params: { name: 'nope' } }),
    status: 200,
    code: -32602,
    id: 7,
  },
  {
    name: 'a prompt without its argument',
    body: text({ ...ping, method: 'prompts/get', params: { name: 'introduce_user' } }),
    status: 200,
    code: -32602,
    id: 7,
  },
  {
    name: 'a completion of nothing',
    body: text({ ...ping, method: 'completion/complete', params: { ref: { type: 'ref/prompt' } } }),
    status: 200,
    code: -32602,
    id: 7,
  },
  {
    name: 'a completion for an unknown prompt',
    body: text({
      ...ping,
      method: 'completion/complete',
      params: { ref: { type: 'ref/prompt', name: 'nope' }, argument: { name: 'x', value: '' } },
    }),
    status: 200,
    code: -32602,
    id: 7,
  },
  {
    name: 'a method of another era',
    body: text({ ...ping, method: 'server/discover' }),
    status: 200,
    code: -32601,
    id: 7,
  },
  {
    name: 'a notification sent as a request',
    body: text({ ...ping, method: 'notifications/initialized' }),
    status: 200,
    code: -32601,
    id: 7,
  },
  {
    name: 'bad params',
    body: text({ ...ping, method: 'tools/list', params: { cursor: 5 } }),
    status: 200,
    code: -32602,
    id: 7,
  },
  {
    name: 'a null cursor',
    body: text({ ...ping, method: 'tools/list', params: { cursor: null } }),
    status: 200,
    code: -32602,
    id: 7,
  },
  {
    name: 'a cursor that is none',
    body: text({ ...ping, method: 'tools/list', params: { cursor: 'bogus!!' } }),
    status: 200,
    code: -32602,
    id: 7,
  },
  { name: 'a null _meta', body: text({ ...ping, params: { _meta: null } }), status: 200, code: -32602, id: 7 },
  {
    name: 'a fractional progress token',
    body: text({ ...ping, params: { _meta: { progressToken: 0.5 } } }),
    status: 200,
    code: -32602,
    id: 7,
  },
  { name: 'an unknown tool', body: text(call(7, 'nope')), status: 200, code: -32602, id: 7 },
  {
    name: 'a call without a name',
    body: text({ ...ping, method: 'tools/call', params: {} }),
    status: 200,
    code: -32602,
    id: 7,
  },
  { name: 'a call without params', body: text({ ...ping, method: 'tools/call' }), status: 200, code: -32602, id: 7 },
  {
    name: 'a call with a number for a name',
    body: text({ ...ping, method: 'tools/call', params: { name: 1 } }),
    status: 200,
    code: -32602,
    id: 7,
  },
  {
    name: 'arguments as an array',
    body: text({ ...ping, method: 'tools/call', params: { name: 'assay_slow', arguments: [] } }),
    status: 200,
    code: -32602,
    id: 7,
  },
  {
    name: 'arguments as null',
    body: text({ ...ping, method: 'tools/call', params: { name: 'assay_slow', arguments: null } }),
    status: 200,
    code: -32602,
    id: 7,
  },
  { name: 'a notification', body: text(note), status: 202 },
  {
    name: 'an initialized notification again',
    body: text({ jsonrpc: '2.0', method: 'notifications/initialized' }),
    status: 202,
  },
  {
    name: 'a malformed cancellation',
    body: text({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: {} } }),
    status: 202,
  },
  { name: 'a response to nothing', body: text({ jsonrpc: '2.0', id: 99, result: {} }), status: 202 },
  {
    name: 'an error response to nothing',
    body: text({ jsonrpc: '2.0', id: 99, error: { code: -1, message: 'x' } }),
    status: 202,
  },
];

/** The fields of a correct request, changed as a row says. */
function fieldsFor({ method = 'POST', fields = {} }: Row, session: HeaderFields): HeaderFields {
  const usual = method === 'GET' ? { accept: 'text/event-stream' } : postHeaders;
  const all = Object.entries({ ...usual, ...session, ...fields });
  return Object.fromEntries(all.flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}

async function expectRow(driver: Driver, revision: string, row: Row): Promise<void> {
  const session = await driver.openSession(revision);
  const answered = await driver.request(row.method ?? 'POST', fieldsFor(row, session), row.body, row.path);
  expect(answered.status).toBe(row.status);
  if (row.status === 202) return expect(answered.text).toBe('');
  expect(answered.headers['content-type']).toBe('application/json');
  const { jsonrpc, ...body } = objectIn(answered);
  expect(jsonrpc).toBe('2.0');
  if (row.code === undefined) return expect(body).toEqual({ id: 7, result: {} });
  const absent = row.id === undefined || (row.id === null && idMayBeAbsent(revision, row));
  const error = { code: row.code, message: expect.stringMatching(/\.$/) };
  expect(body).toEqual({ ...(absent ? {} : { id: row.id }), error: expect.objectContaining(error) });
}

/** The revision decides how an error without an id looks; that of the session if there is one. */
const idMayBeAbsent = (revision: string, row: Row) =>
  revision === '2025-11-25' && row.fields?.['mcp-protocol-version'] !== 'x';

describe.each(revisions)('in a session of %s', (revision) => {
  it.each(rows)('$name: $status $code', async (row) => {
    await expectRow(await drive({ maxBodyBytes: 1500 }), revision, row);
  });
});

it('says with a 405 what is allowed', async () => {
  const driver = await drive();
  const { headers } = await driver.request('PUT', postHeaders);
  expect(headers.allow).toBe('POST, GET, DELETE');
});

it('says with a 400 for the version what is supported', async () => {
  const driver = await drive({ revisions: ['2025-03-26', '2025-06-18'] });
  const answered = await driver.post(ping, {
    ...(await driver.openSession('2025-06-18')),
    'mcp-protocol-version': '2025-11-25',
  });
  expect(objectIn(answered)).toHaveProperty('error.data.supported', ['2025-06-18', '2025-03-26']);
});

it('writes an error without an id, before there is a session, as the named revision has it', async () => {
  const driver = await drive();
  const idOf = async (fields: HeaderFields) =>
    objectIn(await driver.request('POST', { ...postHeaders, ...fields }, '{')).id;
  expect(await idOf({})).toBeNull();
  expect(await idOf({ 'mcp-protocol-version': '2025-06-18' })).toBeNull();
  expect(await idOf({ 'mcp-protocol-version': '2025-11-25' })).toBeUndefined();
});

it('listens on another path if told so', async () => {
  const driver = await drive({ path: '/deep/er' });
  expect(new URL(driver.server.url).pathname).toBe('/deep/er');
  const fields = { ...postHeaders };
  expect((await driver.request('POST', fields, text(initialize()), '/deep/er')).status).toBe(200);
  expect((await driver.request('POST', fields, text(initialize()), '/mcp')).status).toBe(404);
});

it('answers 500 without a word of the inside when a step fails, and goes on', async () => {
  const driver = await drive({
    seams: () => ({
      http: {
        acceptedReply: () => {
          throw new Error('canary');
        },
      },
    }),
  });
  const { headers } = await driver.post(initialize());
  const session = { 'mcp-session-id': String(headers['mcp-session-id']) };
  const answered = await driver.post(note, session);
  expect(answered.status).toBe(500);
  expect(codeIn(answered)).toBe(-32603);
  expect(answered.text).not.toContain('canary');
  expect(driver.log).toContainEqual({ event: 'exchange-failed', error: 'Error: canary' });
  expect((await driver.post(ping, session)).status).toBe(200);
});
