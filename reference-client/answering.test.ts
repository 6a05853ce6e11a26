import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../spec/messages.ts';
import type { Handlers } from './answering.ts';
import type { Revision } from './revisions.ts';
import { connected, successOf } from './testing/connecting.ts';
import { event, initializeResult, openStream, responseTo, stream } from './testing/scripted-server.ts';

const ROOTS = { roots: [{ uri: 'file:///work', name: 'work' }] };
const HANDLERS: Handlers = {
  'roots/list': () => ({ result: ROOTS }),
  'sampling/createMessage': ({ messages }) => ({
    result: { role: 'assistant', model: 'm', content: messages ?? null },
  }),
  'elicitation/create': async () => ({ result: { action: 'decline' } }),
};

/** What the client answers to one message that comes while a ping is open; undefined when it answers nothing. */
async function answerTo(message: JsonObject, handlers: Handlers = {}, revision: Revision = '2025-11-25') {
  await using connection = await connected(
    { ping: stream((arrived) => event(message) + event(responseTo(arrived, {}))) },
    { handlers, revision },
  );
  const { client, server } = connection;
  successOf(await client.ping());
  // What is being answered is finished before the session ends.
  await client.close();
  expect(server.of('response').length).toBeLessThanOrEqual(1);
  return server.of('response')[0]?.message;
}

describe('the answer to a request of the server', () => {
  it.each([0, -1, 9007199254740991, '', '1', 'ünï'])('has the id %j, type included', async (id) => {
    expect(await answerTo({ id, method: 'ping' })).toEqual({ jsonrpc: '2.0', id, result: {} });
  });

  it.each(['roots/list', 'sampling/createMessage', 'elicitation/create', 'x/unknown', 'toString', '__proto__', ''])(
    'is -32601 for %j without a handler',
    async (method) => {
      expect(await answerTo({ id: 1, method })).toEqual({
        jsonrpc: '2.0',
        id: 1,
        error: { code: -32601, message: `Method not found: ${method}` },
      });
    },
  );

  it('comes from the handler', async () => {
    expect(await answerTo({ id: 1, method: 'roots/list' }, HANDLERS)).toEqual({ jsonrpc: '2.0', id: 1, result: ROOTS });
    const sampling = { id: 2, method: 'sampling/createMessage', params: { messages: [] } };
    expect(await answerTo(sampling, HANDLERS)).toMatchObject({ id: 2, result: { content: [] } });
    const elicitation = { id: 3, method: 'elicitation/create', params: { mode: 'form' } };
    expect(await answerTo(elicitation, HANDLERS)).toMatchObject({ id: 3, result: { action: 'decline' } });
  });

  it('may be an error of the handler', async () => {
    const refused = { code: -1, message: 'User rejected sampling request' };
    const handlers: Handlers = { 'sampling/createMessage': () => ({ error: refused }) };
    expect(await answerTo({ id: 1, method: 'sampling/createMessage' }, handlers)).toMatchObject({ error: refused });
  });

  it('is -32603 when the handler throws', async () => {
    const handlers: Handlers = {
      'roots/list': () => {
        throw new Error('disk gone');
      },
    };
    expect(await answerTo({ id: 1, method: 'roots/list' }, handlers)).toMatchObject({
      error: { code: -32603, message: 'Internal error: disk gone' },
    });
  });

  it.each([
    ['elicitation/create', { mode: 'url', url: 'https://example.invalid' }],
    ['sampling/createMessage', { messages: [], tools: [] }],
    ['sampling/createMessage', { messages: [], toolChoice: { mode: 'none' } }],
  ])('is -32602 for %s with what was not declared: %j', async (method, params) => {
    expect(await answerTo({ id: 1, method, params }, HANDLERS)).toMatchObject({ id: 1, error: { code: -32602 } });
  });

  it('is -32601 for elicitation under a revision without it', async () => {
    expect(await answerTo({ id: 1, method: 'elicitation/create' }, HANDLERS, '2025-03-26')).toMatchObject({
      error: { code: -32601 },
    });
  });
});

it.each([
  ['a notification', { method: 'notifications/tools/list_changed' }],
  ['an unknown notification', { method: 'x/unknown' }],
  ['a notification named like a request', { method: 'ping' }],
  ['a response to nothing', { id: 'nothing', result: {} }],
  ['an error without an id', { error: { code: -32700, message: 'Parse error' } }],
  ['an error with the id null', { id: null, error: { code: -32600, message: 'Invalid request' } }],
  ['a cancellation of nothing', { method: 'notifications/cancelled', params: { requestId: 'nothing' } }],
  ['a cancellation without params', { method: 'notifications/cancelled' }],
  ['a request with the id null', { id: null, method: 'ping' }],
  ['a request with an id that is no integer', { id: 1.5, method: 'ping' }],
])('nothing is answered to %s', async (_, message) => {
  expect(await answerTo(message)).toBeUndefined();
});

it.each([
  ['2025-03-26', { roots: {}, sampling: {} }],
  ['2025-06-18', { roots: {}, sampling: {}, elicitation: {} }],
  ['2025-11-25', { roots: {}, sampling: {}, elicitation: { form: {} } }],
] as const)('a handler is a declared capability, by the words of %s', async (revision, capabilities) => {
  await using connection = await connected({}, { handlers: HANDLERS, revision });
  expect(connection.server.of('initialize')[0]?.message.params).toMatchObject({ capabilities });
});

it('gives no answer to a request that the server cancelled', async () => {
  const aborted: string[] = [];
  const handlers: Handlers = {
    'roots/list': (_, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          aborted.push('roots/list');
          resolve({ result: ROOTS });
        });
      }),
  };
  await using connection = await connected(
    {
      ping: (arrived, response) => {
        const cancelled = { method: 'notifications/cancelled', params: { requestId: 's1' } };
        openStream(response, event({ id: 's1', method: 'roots/list' }) + event(cancelled));
        response.end(event(responseTo(arrived, {})));
      },
    },
    { handlers },
  );
  successOf(await connection.client.ping());
  expect(aborted).toEqual(['roots/list']);
  await connection.client.close();
  expect(connection.server.of('response')).toEqual([]);
});

it('stops serving when the client closes', async () => {
  const reasons: string[] = [];
  const handlers: Handlers = {
    'roots/list': (_, signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          reasons.push('closed');
          resolve({ result: ROOTS });
        });
      }),
  };
  await using connection = await connected(
    { ping: stream((arrived) => event({ id: 's1', method: 'roots/list' }) + event(responseTo(arrived, {}))) },
    { handlers },
  );
  successOf(await connection.client.ping());
  expect(reasons).toEqual([]);
  successOf(await connection.client.close());
  expect(reasons).toEqual(['closed']);
  expect(connection.server.of('response')).toEqual([]);
});

it('answers in the session of the request, before initialize is answered', async () => {
  let finishInitialize: () => void = () => {};
  await using connection = await connected({
    initialize: (arrived, response) => {
      response.setHeader('mcp-session-id', 'early');
      openStream(response, event({ id: 's1', method: 'ping' }));
      finishInitialize = () => response.end(event(responseTo(arrived, initializeResult('2025-11-25'))));
    },
    response: (_, response) => {
      response.writeHead(202).end();
      finishInitialize();
    },
  });
  const { headers } = await connection.server.arrival('response');
  expect(headers).toMatchObject({ 'mcp-session-id': 'early' });
  expect(headers).not.toHaveProperty('mcp-protocol-version');
  expect(connection.server.keys()).toEqual(['initialize', 'response', 'notifications/initialized']);
});
