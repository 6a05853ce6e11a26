import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ReferenceClient } from './client.ts';
import { describeFailure, type Failure } from './results.ts';
import { connected, failureOf, successOf } from './testing/connecting.ts';
import { body, error, type Responder, result, scriptedServer, status, stream } from './testing/scripted-server.ts';

const HTML = '<!doctype html>\n<title>Sign in</title>';
const OTHER_ID = '{"jsonrpc":"2.0","id":"other","result":{}}';

const TABLE: { what: string; answer: Responder; failure: Partial<Failure> }[] = [
  { what: 'HTML', answer: body(200, 'text/html', HTML), failure: { kind: 'bad-message', text: HTML } },
  {
    what: 'HTML with an error status',
    answer: body(502, 'text/html', HTML),
    failure: { kind: 'http', status: 502, body: HTML },
  },
  { what: 'a demand for credentials', answer: status(401), failure: { kind: 'http', status: 401, body: '' } },
  { what: 'a redirection', answer: status(307), failure: { kind: 'http', status: 307 } },
  { what: '202 without a body', answer: status(202), failure: { kind: 'bad-message' } },
  { what: 'an empty body', answer: body(200, 'application/json', ''), failure: { kind: 'bad-message', text: '' } },
  {
    what: 'half a JSON text',
    answer: body(200, 'application/json', '{"js'),
    failure: { kind: 'bad-message', text: '{"js' },
  },
  { what: 'JSON that is no message', answer: body(200, 'application/json', '[1]'), failure: { kind: 'bad-message' } },
  {
    what: 'a response to another request',
    answer: body(200, 'application/json', OTHER_ID),
    failure: { kind: 'bad-message', text: OTHER_ID },
  },
  { what: 'an empty stream', answer: stream(() => ''), failure: { kind: 'connection' } },
  {
    what: 'a stream without a message',
    answer: stream(() => 'data: hello\n\n'),
    failure: { kind: 'bad-message', text: 'hello' },
  },
  { what: 'a cut connection', answer: (_, response) => response.destroy(), failure: { kind: 'connection' } },
  {
    what: 'a cut body',
    answer: (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 });
      response.write('{', () => response.destroy());
    },
    failure: { kind: 'connection' },
  },
  {
    what: 'an error status with the JSON-RPC error for the request',
    answer: error({ code: -32600, message: 'no' }, 400),
    failure: { kind: 'protocol-error', code: -32600, message: 'no' },
  },
  {
    what: 'an error status with a JSON-RPC error for no request',
    answer: body(400, 'application/json', '{"jsonrpc":"2.0","id":null,"error":{"code":-32000,"message":"no"}}'),
    failure: { kind: 'http', status: 400 },
  },
  {
    what: 'an error status with a success',
    answer: (arrived, response) =>
      body(500, 'application/json', JSON.stringify({ jsonrpc: '2.0', id: arrived.message.id }))(arrived, response),
    failure: { kind: 'http', status: 500 },
  },
];

describe('a request', () => {
  it.each(TABLE)('fails by $what, and the client lives on', async ({ answer, failure }) => {
    await using connection = await connected({ ping: [answer, result({})] });
    const { client } = connection;
    const failed = failureOf(await client.ping());
    expect(failed).toMatchObject(failure);
    expect(describeFailure(failed)).toMatch(/^[^\n]+$/);
    successOf(await client.ping());
  });

  it.each(['application/json; charset=utf-8', 'Application/JSON'])('is answered by %s', async (contentType) => {
    await using connection = await connected({
      ping: (arrived, response) =>
        body(200, contentType, `{"jsonrpc":"2.0","id":${arrived.message.id},"result":{}}`)(arrived, response),
    });
    successOf(await connection.client.ping());
  });

  it('keeps only the beginning of a long text', async () => {
    await using connection = await connected({ ping: body(500, 'text/plain', 'x'.repeat(100_000)) });
    const failure = failureOf(await connection.client.ping());
    expect(JSON.stringify(failure).length).toBeLessThan(3000);
    expect(describeFailure(failure).length).toBeLessThan(300);
  });
});

describe('connecting', () => {
  it('fails where nobody listens', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the server has no port');
    server.close();
    await once(server, 'close');
    const client = new ReferenceClient({ url: `http://127.0.0.1:${address.port}/mcp` });
    expect(failureOf(await client.connect())).toMatchObject({
      kind: 'connection',
      reason: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('fails at what does not speak HTTP', async () => {
    const server = createServer((socket) => socket.resume().end('220 ready\r\n')).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the server has no port');
    const client = new ReferenceClient({ url: `http://127.0.0.1:${address.port}/mcp` });
    expect(failureOf(await client.connect())).toMatchObject({ kind: 'connection' });
    server.close();
    await once(server, 'close');
  });

  it('sends the headers of the user, but none in place of its own', async () => {
    await using server = await scriptedServer();
    const client = new ReferenceClient({
      url: server.url,
      headers: { Authorization: 'Bearer x', Accept: 'text/plain' },
    });
    successOf(await client.connect());
    await client.close();
    expect(server.keys()).toEqual(['initialize', 'notifications/initialized', 'DELETE']);
    for (const { headers } of server.arrived) expect(headers).toMatchObject({ authorization: 'Bearer x' });
    expect(server.arrived[0]?.headers).toMatchObject({
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
    });
  });
});
