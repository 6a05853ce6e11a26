import { describe, expect, it } from 'vitest';
import { connected, failureOf, successOf } from './testing/connecting.ts';
import {
  body,
  error,
  initializeResult,
  openStream,
  type Responder,
  responseTo,
  result,
  type Script,
  silence,
  status,
  stream,
} from './testing/scripted-server.ts';

function initializeWith(sessionId: string, revision = '2025-11-25'): Responder {
  return (arrived, response) => {
    response.setHeader('mcp-session-id', sessionId);
    result(initializeResult(revision))(arrived, response);
  };
}

const TWO_SESSIONS: Script = { initialize: [initializeWith('first'), initializeWith('second')] };
const TOOLS = result({ tools: [] });

describe('a session', () => {
  it('has its id and its revision on every request after initialize', async () => {
    await using connection = await connected(TWO_SESSIONS);
    const { client, server } = connection;
    successOf(await client.ping());
    successOf(await client.openStream());
    await client.close();
    const [first, ...later] = server.arrived;
    expect(first?.headers).not.toHaveProperty('mcp-session-id');
    expect(first?.headers).not.toHaveProperty('mcp-protocol-version');
    expect(later.map(({ key }) => key)).toEqual(['notifications/initialized', 'ping', 'GET', 'DELETE']);
    for (const { headers } of later) {
      expect(headers).toMatchObject({ 'mcp-session-id': 'first', 'mcp-protocol-version': '2025-11-25' });
    }
  });

  it('names the revision agreed on, not the one proposed', async () => {
    await using connection = await connected({ initialize: initializeWith('first', '2025-06-18') });
    expect(connection.server.arrived[1]?.headers).toMatchObject({ 'mcp-protocol-version': '2025-06-18' });
  });

  it('names no revision under 2025-03-26', async () => {
    await using connection = await connected({}, { revision: '2025-03-26' });
    successOf(await connection.client.ping());
    for (const { headers } of connection.server.arrived) expect(headers).not.toHaveProperty('mcp-protocol-version');
    expect(connection.server.of('ping')[0]?.headers).toMatchObject({ 'mcp-session-id': 'session-1' });
  });

  it('takes no id from later answers', async () => {
    await using connection = await connected({
      ...TWO_SESSIONS,
      ping: (arrived, response) => {
        response.setHeader('mcp-session-id', 'other');
        result({})(arrived, response);
      },
    });
    const { client, server } = connection;
    successOf(await client.ping());
    successOf(await client.ping());
    expect(server.of('ping')[1]?.headers).toMatchObject({ 'mcp-session-id': 'first' });
  });

  it.each(['with space', 'é'])('refuses the id %j', async (sessionId) => {
    await expect(connected({ initialize: initializeWith(sessionId) })).rejects.toThrow(/visible ASCII/);
  });
});

describe('a lost session', () => {
  it('is replaced by a new one, and the request is sent once more', async () => {
    await using connection = await connected({ ...TWO_SESSIONS, 'tools/list': [status(404), TOOLS] });
    const { client, server } = connection;
    expect(successOf(await client.listTools())).toEqual([]);
    expect(server.keys()).toEqual([
      'initialize',
      'notifications/initialized',
      'tools/list',
      'initialize',
      'notifications/initialized',
      'tools/list',
    ]);
    expect(server.arrived.map(({ headers }) => headers['mcp-session-id'])).toEqual([
      undefined,
      'first',
      'first',
      undefined,
      'second',
      'second',
    ]);
    expect(server.arrived[3]?.headers).not.toHaveProperty('mcp-protocol-version');
    const ids = server.arrived.flatMap(({ message }) => (message.id === undefined ? [] : [message.id]));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is lost even when the 404 holds a JSON-RPC error', async () => {
    const notFound = error({ code: -32001, message: 'Session not found' }, 404);
    await using connection = await connected({ ...TWO_SESSIONS, ping: [notFound, result({})] });
    successOf(await connection.client.ping());
    expect(connection.server.of('initialize')).toHaveLength(2);
  });

  it('fails the request when the new session is lost too', async () => {
    await using connection = await connected({ ...TWO_SESSIONS, ping: status(404) });
    expect(failureOf(await connection.client.ping())).toEqual({ kind: 'session-lost', accepted: false });
    expect(connection.server.of('ping')).toHaveLength(2);
    expect(connection.server.of('initialize')).toHaveLength(2);
  });

  it('fails the request when no new session comes about', async () => {
    await using connection = await connected({ initialize: [initializeWith('first'), status(503)], ping: status(404) });
    expect(failureOf(await connection.client.ping())).toMatchObject({ kind: 'http', status: 503 });
    expect(failureOf(await connection.client.ping())).toEqual({ kind: 'not-connected' });
  });

  it('is replaced once for all requests that lost it', async () => {
    await using connection = await connected({
      ...TWO_SESSIONS,
      ping: (arrived, response) =>
        (arrived.headers['mcp-session-id'] === 'first' ? status(404) : result({}))(arrived, response),
    });
    const { client, server } = connection;
    const pings = await Promise.all([client.ping(), client.ping(), client.ping(), client.ping()]);
    expect(pings.every(({ ok }) => ok)).toBe(true);
    expect(server.of('initialize')).toHaveLength(2);
  });

  it('is not replaced again when a request of it fails later', async () => {
    let failLate: () => void = () => {};
    await using connection = await connected({
      ...TWO_SESSIONS,
      'tools/call': [
        (arrived, response) => {
          failLate = () => status(404)(arrived, response);
        },
        result({ content: [] }),
      ],
      ping: [status(404), result({})],
    });
    const { client, server } = connection;
    const call = client.callTool('slow');
    await server.arrival('tools/call');
    successOf(await client.ping());
    failLate();
    successOf(await call);
    expect(server.of('tools/call').map(({ headers }) => headers['mcp-session-id'])).toEqual(['first', 'second']);
    expect(server.of('initialize')).toHaveLength(2);
  });

  it('is not replaced while the client closes', async () => {
    let failLate: () => void = () => {};
    await using connection = await connected({
      'tools/call': silence,
      'notifications/cancelled': (arrived, response) => {
        failLate = () => status(404)(arrived, response);
      },
    });
    const { client, server } = connection;
    await client.callTool('slow', {}, { timeoutMs: 30 });
    await server.arrival('notifications/cancelled');
    const closed = client.close();
    failLate();
    successOf(await closed);
    expect(server.of('initialize')).toHaveLength(1);
  });

  it('is no matter of a 404 without a session id', async () => {
    await using connection = await connected({
      initialize: result(initializeResult('2025-11-25')),
      ping: body(404, 'text/plain', 'nothing here'),
    });
    expect(failureOf(await connection.client.ping())).toEqual({ kind: 'http', status: 404, body: 'nothing here' });
    expect(connection.server.of('initialize')).toHaveLength(1);
  });

  it('takes the cursors with it: the list is read again from its beginning', async () => {
    const first = result({ tools: [{ name: 'a' }], nextCursor: 'page 2' });
    const second = result({ tools: [{ name: 'b' }] });
    await using connection = await connected({ ...TWO_SESSIONS, 'tools/list': [first, status(404), first, second] });
    const { client, server } = connection;
    expect(successOf(await client.listTools())).toEqual([{ name: 'a' }, { name: 'b' }]);
    expect(server.of('tools/list').map(({ message }) => message.params)).toEqual([
      undefined,
      { cursor: 'page 2' },
      undefined,
      { cursor: 'page 2' },
    ]);
  });

  it('is found lost by an answer to the server, too', async () => {
    await using connection = await connected({
      ...TWO_SESSIONS,
      response: status(404),
      ping: stream(
        (arrived) => `data: {"jsonrpc":"2.0","id":"s1","method":"ping"}\n\ndata: ${responseTo(arrived, {})}\n\n`,
      ),
    });
    const { client, server } = connection;
    successOf(await client.ping());
    await server.arrival('notifications/initialized', 2);
    expect(server.of('response')).toHaveLength(1);
  });

  it('is not asked twice for a request that the server had accepted', async () => {
    await using connection = await connected({
      ...TWO_SESSIONS,
      'tools/call': stream(() => 'id: 1\nretry: 1\ndata:\n\n'),
      GET: status(404),
    });
    const { client, server } = connection;
    expect(failureOf(await client.callTool('once'))).toEqual({ kind: 'session-lost', accepted: true });
    expect(server.of('tools/call')).toHaveLength(1);
    expect(server.of('initialize')).toHaveLength(2);
  });

  it('is listened to no more: the new one is', async () => {
    const live: Responder = (_, response) => {
      openStream(response);
    };
    await using connection = await connected({ ...TWO_SESSIONS, ping: [status(404), result({})], GET: live });
    const { client, server } = connection;
    expect(successOf(await client.openStream())).toBe('listening');
    successOf(await client.ping());
    expect(server.of('GET').map(({ headers }) => headers['mcp-session-id'])).toEqual(['first', 'second']);
  });
});
