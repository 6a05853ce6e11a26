import { describe, expect, it, onTestFinished } from 'vitest';
import { mcpScript, sendJson } from '../../fixtures/scripted/mcp-script.ts';
import { type ScriptedServer, startScripted } from '../../fixtures/scripted/scripted-server.ts';
import type { Json } from '../../spec/messages.ts';
import type { Revision } from '../../spec/revisions.ts';
import { limitsFor } from '../target/limits.ts';
import { tokenMark } from '../target/target.ts';
import { clientOf, onPing, ordinary, PONG, ping } from '../testing/client-of.ts';
import { Recorder } from '../trace/trace.ts';
import { openPool } from '../transport/pool.ts';
import { ClientSession } from './http-session.ts';
import { confirmSession, openSession } from './open-session.ts';

const headersOf = (server: ScriptedServer, at: number) =>
  Object.fromEntries(
    (server.asked[at]?.headers ?? []).filter(([name]) => !/^(host|connection|content-length)$/i.test(name)),
  );

describe('the headers of a client', () => {
  it.each<[Revision, string, string | null]>([
    ['2025-03-26', 'Mcp-Session-Id', null],
    ['2025-06-18', 'Mcp-Session-Id', 'MCP-Protocol-Version'],
    ['2025-11-25', 'MCP-Session-Id', 'MCP-Protocol-Version'],
  ])('at %s are those of the revision', async (revision, sessionHeader, versionHeader) => {
    const { client, server, close } = await clientOf(ordinary, { revision, ordinary: { session: 'abc' } });
    await openSession(client);
    await client.send(ping());
    await client.send({ step: 1, method: 'GET' });
    await close();
    const usual = { Accept: 'application/json, text/event-stream', 'Content-Type': 'application/json' };
    const session = { [sessionHeader]: 'abc', ...(versionHeader ? { [versionHeader]: revision } : {}) };
    expect(headersOf(server, 0)).toEqual(usual);
    expect(headersOf(server, 1)).toEqual({ ...usual, ...session });
    expect(headersOf(server, 2)).toEqual({ Accept: 'text/event-stream', ...session });
    expect(server.asked.map(({ method }) => method)).toEqual(['POST', 'POST', 'GET', 'DELETE']);
    expect(headersOf(server, 3)).toEqual(session);
  });

  it('name the revision that was agreed on, not the one that was asked for', async () => {
    const { client, server, close } = await clientOf(
      ({ message }, response) => {
        if (message.method !== 'initialize') return false;
        return sendJson(response, {
          jsonrpc: '2.0',
          id: message.id ?? null,
          result: { protocolVersion: '2025-06-18' },
        });
      },
      { revision: '2025-11-25' },
    );
    await openSession(client);
    await client.send(ping());
    await close();
    expect(headersOf(server, 1)['MCP-Protocol-Version']).toBe('2025-06-18');
  });

  it.each<[string, Json]>([
    ['an error', { jsonrpc: '2.0', id: 1, error: { code: 1, message: 'no' } }],
    ['a revision that nobody knows', { jsonrpc: '2.0', id: 1, result: { protocolVersion: '1999-01-01' } }],
    ['no revision', { jsonrpc: '2.0', id: 1, result: {} }],
  ])('name no revision after %s', async (_, answer) => {
    const { client, server, close } = await clientOf(({ message }, response) => {
      if (message.method !== 'initialize') return false;
      return sendJson(response, answer);
    });
    await openSession(client);
    await client.send(ping());
    await close();
    expect(headersOf(server, 1)).not.toHaveProperty('MCP-Protocol-Version');
  });

  it('carry no session id of an answer that refuses', async () => {
    const { client, close } = await clientOf((_, response) => {
      response.writeHead(400, { 'Mcp-Session-Id': 'abc' }).end();
      return true;
    });
    await openSession(client);
    expect(client.sessionId).toBeNull();
    expect((await close()).map(({ method }) => method)).toEqual(['POST']);
  });

  it('carry no session id of another answer than that to initialize', async () => {
    const { client, close } = await clientOf(
      onPing((response) => {
        response.setHeader('Mcp-Session-Id', 'other');
        sendJson(response, PONG);
      }),
      { ordinary: { session: 'abc' } },
    );
    await openSession(client);
    await client.send(ping());
    expect(client.sessionId).toBe('abc');
    await close();
  });

  it('are changed as a step says, whatever the letter case', async () => {
    const { client, server, close } = await clientOf(ordinary, { ordinary: { session: 'abc' } });
    await openSession(client);
    await client.send(
      ping({
        headers: {
          'mcp-session-ID': null,
          ACCEPT: 'text/html',
          'content-type': ['a', 'b'],
          'X-New': 'c',
          'X-None': null,
        },
      }),
    );
    await close();
    expect(server.asked[1]?.headers.filter(([name]) => !/^(host|connection|content-length)$/i.test(name))).toEqual([
      ['MCP-Protocol-Version', '2025-11-25'],
      ['ACCEPT', 'text/html'],
      ['content-type', 'a'],
      ['content-type', 'b'],
      ['X-New', 'c'],
    ]);
  });

  it('carry the credentials on every request, and the record hides them', async () => {
    const server = await startScripted(mcpScript(ordinary, { session: 'abc' }));
    const pool = openPool();
    onTestFinished(() => pool.destroy());
    onTestFinished(server.close);
    const recorder = new Recorder();
    const target = { url: server.url, credentials: [['Authorization', 'Bearer s3cret']] as const };
    const around = {
      pool,
      recorder,
      target,
      limits: limitsFor(30_000),
      revision: '2025-11-25' as const,
      capabilities: {},
      answers: {},
    };
    const client = new ClientSession('a', around);
    await openSession(client);
    await confirmSession(client);
    await client.close();
    expect(server.asked).toHaveLength(3);
    for (const { headers } of server.asked) expect(headers).toContainEqual(['Authorization', 'Bearer s3cret']);
    const recorded = recorder.events.flatMap((event) => (event.kind === 'request' ? [event.headers] : []));
    for (const headers of recorded) expect(headers).toContainEqual(['Authorization', '[hidden]']);
    expect(JSON.stringify(recorder.events)).not.toContain('s3cret');
  });

  it('carry a token that a step names, and the record hides it', async () => {
    const server = await startScripted(mcpScript(ordinary, { session: 'abc' }));
    const pool = openPool();
    onTestFinished(() => pool.destroy());
    onTestFinished(server.close);
    const recorder = new Recorder();
    const target = {
      url: server.url,
      credentials: [['Authorization', 'Bearer good']] as const,
      tokens: { expired: 's3cret' },
    };
    const around = {
      pool,
      recorder,
      target,
      limits: limitsFor(30_000),
      revision: '2025-11-25' as const,
      capabilities: {},
      answers: {},
    };
    const client = new ClientSession('a', around);
    await client.send({ step: 0, method: 'POST', headers: { Authorization: `Bearer ${tokenMark('expired')}` } });
    await client.close();
    const sent = server.asked[0]?.headers.filter(([name]) => name === 'Authorization');
    expect(sent).toEqual([['Authorization', 'Bearer s3cret']]);
    expect(JSON.stringify(recorder.events)).toContain('[hidden]');
    expect(JSON.stringify(recorder.events)).not.toContain('s3cret');
  });

  it('sends back a session id as it came, byte for byte', async () => {
    const { client, server, close } = await clientOf(ordinary, { ordinary: { session: 'naïve id' } });
    await openSession(client);
    await client.send(ping());
    await close();
    expect(headersOf(server, 1)['MCP-Session-Id']).toBe('naïve id');
  });
});
