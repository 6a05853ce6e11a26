import { describe, expect, it } from 'vitest';
import { connected, failureOf, successOf } from './testing/connecting.ts';
import { error, initializeResult, type Responder, result } from './testing/scripted-server.ts';

function page(name: string, nextCursor?: string): Responder {
  return result({ tools: [{ name }], ...(nextCursor !== undefined && { nextCursor }) });
}

describe('the tool list', () => {
  it('is read without params when there is one page', async () => {
    await using connection = await connected();
    expect(successOf(await connection.client.listTools())).toEqual([{ name: 'echo', inputSchema: { type: 'object' } }]);
    expect(connection.server.of('tools/list').map(({ message }) => message)).toEqual([
      { jsonrpc: '2.0', id: 2, method: 'tools/list' },
    ]);
  });

  it.each([
    ['ordinary', 'abc'],
    ['empty', ''],
    ['with spaces around it', ' a\tb '],
    ['that looks like a number', '007'],
    ['that looks like null', 'null'],
    ['beyond ASCII', 'é🔍\u2028'],
    ['in percent and base64 signs', '%20+/=='],
  ])('passes back a cursor %s untouched', async (_, cursor) => {
    await using connection = await connected({ 'tools/list': [page('a', cursor), page('b')] });
    const { client, server } = connection;
    expect(successOf(await client.listTools())).toEqual([{ name: 'a' }, { name: 'b' }]);
    expect(server.of('tools/list').map(({ message }) => message.params)).toEqual([undefined, { cursor }]);
  });

  it('goes on when a cursor comes again, as long as the list ends', async () => {
    await using connection = await connected({ 'tools/list': [page('a', 'next'), page('b', 'next'), page('c')] });
    expect(successOf(await connection.client.listTools())).toEqual([{ name: 'a' }, { name: 'b' }, { name: 'c' }]);
  });

  it('copes with empty pages and pages of any size', async () => {
    const empty = result({ tools: [], nextCursor: '2' });
    const full = result({ tools: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] });
    await using connection = await connected({ 'tools/list': [empty, full] });
    expect(successOf(await connection.client.listTools())).toHaveLength(3);
  });

  it('ends at a cursor that is null', async () => {
    await using connection = await connected({ 'tools/list': result({ tools: [], nextCursor: null }) });
    expect(successOf(await connection.client.listTools())).toEqual([]);
    expect(connection.server.of('tools/list')).toHaveLength(1);
  });

  it.each([
    ['the same cursor', () => 'again'],
    ['ever new cursors', (n: number) => `page ${n}`],
  ])(
    'is given up when a server never stops to send %s',
    async (_, cursor) => {
      let pages = 0;
      await using connection = await connected({
        'tools/list': (arrived, response) => {
          pages += 1;
          page('a', cursor(pages))(arrived, response);
        },
      });
      expect(failureOf(await connection.client.listTools())).toEqual({ kind: 'endless-list', pages: 1000 });
      expect(pages).toBe(1000);
    },
    60_000,
  );

  it.each([
    ['a cursor that is a number', { tools: [], nextCursor: 2 }],
    ['no tools', {}],
    ['tools that are no objects', { tools: ['echo'] }],
  ])('cannot be read with %s', async (_, answer) => {
    await using connection = await connected({ 'tools/list': result(answer) });
    expect(failureOf(await connection.client.listTools())).toMatchObject({ kind: 'bad-message' });
  });

  it('is not asked for when the server did not declare tools', async () => {
    await using connection = await connected({ initialize: result(initializeResult('2025-11-25', {})) });
    const { client, server } = connection;
    expect(failureOf(await client.listTools())).toEqual({ kind: 'not-offered', capability: 'tools' });
    expect(failureOf(await client.callTool('echo'))).toEqual({ kind: 'not-offered', capability: 'tools' });
    expect(server.keys()).toEqual(['initialize', 'notifications/initialized']);
  });
});

describe('a tool call', () => {
  it('carries name and arguments', async () => {
    const answer = { content: [{ type: 'text', text: '日本語 🔍' }], structuredContent: { a: 1 } };
    await using connection = await connected({ 'tools/call': result(answer) });
    const { client, server } = connection;
    expect(successOf(await client.callTool('echo', { text: 'é' }))).toEqual(answer);
    expect(server.of('tools/call')[0]?.message.params).toEqual({ name: 'echo', arguments: { text: 'é' } });
  });

  it('leaves out arguments that are not given', async () => {
    await using connection = await connected();
    successOf(await connection.client.callTool('echo'));
    expect(connection.server.of('tools/call')[0]?.message.params).toEqual({ name: 'echo' });
  });

  it('succeeds with a result that reports an error of the tool', async () => {
    const answer = { content: [{ type: 'text', text: 'no such city' }], isError: true };
    await using connection = await connected({ 'tools/call': result(answer) });
    expect(successOf(await connection.client.callTool('weather'))).toEqual(answer);
  });

  it('fails with the error of the protocol', async () => {
    const refusal = { code: -32602, message: 'Unknown tool', data: { name: 'x' } };
    await using connection = await connected({ 'tools/call': error(refusal) });
    expect(failureOf(await connection.client.callTool('x'))).toEqual({ kind: 'protocol-error', ...refusal });
  });

  it('cannot read a result without content', async () => {
    await using connection = await connected({ 'tools/call': result({}) });
    expect(failureOf(await connection.client.callTool('x'))).toMatchObject({ kind: 'bad-message' });
  });
});

it('pings without params', async () => {
  await using connection = await connected();
  successOf(await connection.client.ping());
  expect(connection.server.of('ping')[0]?.message).toEqual({ jsonrpc: '2.0', id: 2, method: 'ping' });
});
