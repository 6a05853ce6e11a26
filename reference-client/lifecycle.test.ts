import { describe, expect, it } from 'vitest';
import { ReferenceClient } from './client.ts';
import { connected, failureOf, successOf } from './testing/connecting.ts';
import {
  error,
  initializeResult,
  result,
  type Script,
  scriptedServer,
  silence,
  status,
} from './testing/scripted-server.ts';

async function connecting(script: Script, options: { timeoutMs?: number } = {}) {
  const server = await scriptedServer(script);
  const client = new ReferenceClient({ url: server.url, ...options });
  return { server, client, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

describe('the handshake', () => {
  it('sends initialize, then notifications/initialized, and nothing else', async () => {
    await using connection = await connected();
    const { server, client } = connection;
    expect(server.keys()).toEqual(['initialize', 'notifications/initialized']);
    expect(server.arrived.map(({ message }) => message)).toEqual([
      {
        jsonrpc: '2.0',
        id: 1,
        method: 'initialize',
        params: {
          protocolVersion: '2025-11-25',
          capabilities: {},
          clientInfo: { name: 'mcp-assay-reference-client', version: '0.1.0' },
        },
      },
      { jsonrpc: '2.0', method: 'notifications/initialized' },
    ]);
    expect(client.session).toMatchObject({
      revision: '2025-11-25',
      id: 'session-1',
      server: { capabilities: { tools: {} } },
    });
  });

  it.each(['2025-03-26', '2025-06-18', '2025-11-25'] as const)('proposes %s when asked to', async (revision) => {
    await using connection = await connected({}, { revision });
    expect(connection.server.of('initialize')[0]?.message.params).toMatchObject({ protocolVersion: revision });
    expect(connection.client.session?.revision).toBe(revision);
  });

  it('goes on with an older revision that it supports', async () => {
    await using connection = await connected({ initialize: result(initializeResult('2025-06-18')) });
    expect(connection.client.session?.revision).toBe('2025-06-18');
  });

  it('disconnects from a server that answers a revision it does not support', async () => {
    await using connection = await connecting({ initialize: result(initializeResult('1999-01-01')) });
    const { client, server } = connection;
    expect(failureOf(await client.connect())).toEqual({
      kind: 'unsupported-revision',
      answered: '1999-01-01',
      supported: ['2025-11-25', '2025-06-18', '2025-03-26'],
    });
    expect(failureOf(await client.ping())).toEqual({ kind: 'not-connected' });
    expect(server.keys()).toEqual(['initialize']);
  });

  it('ends the session that such a server has given it', async () => {
    await using connection = await connecting({
      initialize: (arrived, response) => {
        response.setHeader('mcp-session-id', 'abc');
        result(initializeResult('1999-01-01'))(arrived, response);
      },
    });
    const { client, server } = connection;
    expect(failureOf(await client.connect())).toMatchObject({ kind: 'unsupported-revision' });
    expect(server.keys()).toEqual(['initialize', 'DELETE']);
    expect(server.of('DELETE')[0]?.headers).toMatchObject({ 'mcp-session-id': 'abc' });
    expect(server.of('DELETE')[0]?.headers).not.toHaveProperty('mcp-protocol-version');
  });

  it('does not support a revision it was told not to', async () => {
    await using server = await scriptedServer({ initialize: result(initializeResult('2025-03-26')) });
    const client = new ReferenceClient({ url: server.url, supported: ['2025-11-25', '2025-06-18'] });
    expect(failureOf(await client.connect())).toMatchObject({ kind: 'unsupported-revision', answered: '2025-03-26' });
  });

  it('reports the error with which a server refuses', async () => {
    const refusal = { code: -32602, message: 'Unsupported protocol version', data: { supported: ['2024-11-05'] } };
    await using connection = await connecting({ initialize: error(refusal) });
    expect(failureOf(await connection.client.connect())).toEqual({ kind: 'protocol-error', ...refusal });
    expect(connection.server.keys()).toEqual(['initialize']);
  });

  it.each([
    ['without protocolVersion', { capabilities: {}, serverInfo: { name: 'x', version: '1' } }, /protocolVersion/],
    ['without capabilities', { protocolVersion: '2025-11-25', serverInfo: {} }, /capabilities/],
    ['without serverInfo', { protocolVersion: '2025-11-25', capabilities: {} }, /serverInfo/],
  ])('cannot read a result %s', async (_, answer, reason) => {
    await using connection = await connecting({ initialize: result(answer) });
    expect(failureOf(await connection.client.connect())).toMatchObject({
      kind: 'bad-message',
      reason: expect.stringMatching(reason),
    });
  });

  it('times out without cancelling initialize', async () => {
    await using connection = await connecting({ initialize: silence }, { timeoutMs: 300 });
    const { client, server } = connection;
    expect(failureOf(await client.connect())).toEqual({ kind: 'timeout', method: 'initialize', afterMs: 300 });
    expect(server.keys()).toEqual(['initialize']);
  });

  it('fails when the server does not take notifications/initialized', async () => {
    await using connection = await connecting({ 'notifications/initialized': status(400) });
    const { client, server } = connection;
    expect(failureOf(await client.connect())).toMatchObject({ kind: 'http', status: 400 });
    expect(server.keys()).toEqual(['initialize', 'notifications/initialized', 'DELETE']);
  });

  it.each([200, 202, 204])('takes HTTP %i without a body for an accepted notification', async (accepted) => {
    await using connection = await connected({ 'notifications/initialized': status(accepted) });
    successOf(await connection.client.ping());
    expect(connection.server.of('ping')).toHaveLength(1);
  });

  it('sends nothing before it is connected', async () => {
    await using connection = await connecting({});
    expect(failureOf(await connection.client.listTools())).toEqual({ kind: 'not-connected' });
    expect(connection.server.keys()).toEqual([]);
  });

  it('connects once', async () => {
    await using connection = await connected();
    successOf(await connection.client.connect());
    await connection.client.close();
    expect(failureOf(await connection.client.connect())).toEqual({ kind: 'not-connected' });
    expect(connection.server.of('initialize')).toHaveLength(1);
  });
});

describe('the end of a session', () => {
  it.each([200, 204, 404, 405])('takes HTTP %i for an answer to DELETE', async (answer) => {
    await using connection = await connected({ DELETE: status(answer) });
    const { client, server } = connection;
    successOf(await client.close());
    expect(server.of('DELETE')).toHaveLength(1);
    expect(server.of('DELETE')[0]?.headers).toMatchObject({
      'mcp-session-id': 'session-1',
      'mcp-protocol-version': '2025-11-25',
    });
  });

  it('reports another answer, and is closed all the same', async () => {
    await using connection = await connected({ DELETE: status(400) });
    expect(failureOf(await connection.client.close())).toMatchObject({ kind: 'http', status: 400 });
    expect(failureOf(await connection.client.ping())).toEqual({ kind: 'not-connected' });
  });

  it('does not wait for ever for an answer', async () => {
    await using connection = await connected({ DELETE: silence });
    expect(failureOf(await connection.client.close())).toMatchObject({ kind: 'timeout' });
  });

  it('sends no DELETE without a session id', async () => {
    await using connection = await connected({ initialize: result(initializeResult('2025-11-25')) });
    successOf(await connection.client.close());
    expect(connection.server.of('DELETE')).toEqual([]);
  });

  it('fails the requests that still wait', async () => {
    await using connection = await connected({ 'tools/call': silence });
    const { client, server } = connection;
    const call = client.callTool('slow');
    await server.arrival('tools/call');
    await client.close();
    expect(failureOf(await call)).toEqual({ kind: 'connection', reason: 'the client was closed' });
  });
});
