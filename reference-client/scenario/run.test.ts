import { describe, expect, it } from 'vitest';
import { conduct } from '../conduct.ts';
import {
  error,
  event,
  initializeResult,
  openStream,
  responseTo,
  result,
  type Script,
  scriptedServer,
  silence,
  status,
  stream,
} from '../testing/scripted-server.ts';
import { run } from './run.ts';

/** Runs a scenario against a scripted server. */
async function playing(script: Script, scenario: string | undefined, context?: unknown) {
  await using server = await scriptedServer(script);
  const complaints: string[] = [];
  const exitCode = await run({
    args: [server.url],
    env: {
      MCP_CONFORMANCE_SCENARIO: scenario,
      MCP_CONFORMANCE_CONTEXT: context === undefined ? undefined : JSON.stringify(context),
    },
    conduct,
    complain: (line) => complaints.push(line),
  });
  return { exitCode, complaints, keys: server.keys(), server };
}

const HANDSHAKE = ['initialize', 'notifications/initialized'];
const GOOD = { exitCode: 0, complaints: [] };

describe('a scenario that goes well', () => {
  it.each([
    [undefined, undefined, ['tools/list']],
    ['initialize', undefined, ['tools/list']],
    ['ping', undefined, ['ping']],
    ['list-twice', undefined, ['tools/list', 'tools/list']],
    ['tools_call', undefined, ['tools/list', 'tools/call']],
    ['x', { tool: { name: 'echo' } }, ['tools/list', 'tools/call']],
    ['x', { actions: [] }, []],
    ['x', { actions: [{ do: 'open-stream' }, { do: 'pause', ms: 1 }, { do: 'ping' }] }, ['GET', 'ping']],
  ])('is %s with %j', async (scenario, context, keys) => {
    expect(await playing({}, scenario, context)).toMatchObject({ ...GOOD, keys: [...HANDSHAKE, ...keys, 'DELETE'] });
  });

  it('is the default against a server without tools', async () => {
    const script = { initialize: result(initializeResult('2025-11-25', {})) };
    expect(await playing(script, undefined)).toMatchObject({ ...GOOD, keys: HANDSHAKE });
  });

  it('proposes the revision of its context', async () => {
    const { exitCode, server } = await playing({}, undefined, { revision: '2025-03-26' });
    expect(exitCode).toBe(0);
    expect(server.of('initialize')[0]?.message.params).toMatchObject({ protocolVersion: '2025-03-26' });
  });

  it('waits for what the server sends, however early it comes', async () => {
    const script: Script = {
      'tools/list': stream(
        (arrived) => event({ method: 'notifications/message' }) + event(responseTo(arrived, { tools: [] })),
      ),
      GET: (_, response) => {
        openStream(response, event({ id: 1, method: 'ping' }));
      },
    };
    const context = {
      actions: [
        { do: 'list-tools' },
        { do: 'wait', for: 'notification' },
        { do: 'open-stream' },
        { do: 'wait', for: 'request', method: 'ping' },
      ],
    };
    expect(await playing(script, 'x', context)).toMatchObject(GOOD);
  });

  it('answers the server by its context', async () => {
    const requestedSchema = {
      type: 'object',
      properties: { city: { type: 'string', default: 'Bern' }, note: { type: 'string' } },
      required: ['city'],
    };
    const script: Script = {
      ping: stream(
        (arrived) =>
          event({ id: 'r', method: 'roots/list' }) +
          event({ id: 's', method: 'sampling/createMessage', params: {} }) +
          event({ id: 'e', method: 'elicitation/create', params: { message: 'Where?', requestedSchema } }) +
          event({ id: 'f', method: 'elicitation/create', params: { requestedSchema: { required: ['note'] } } }) +
          event(responseTo(arrived, {})),
      ),
    };
    const context = {
      actions: [{ do: 'ping' }],
      answers: {
        'roots/list': { result: { roots: [{ uri: 'file:///work' }] } },
        'sampling/createMessage': { error: { code: -1, message: 'no' } },
        'elicitation/create': 'accept-defaults',
      },
    };
    const { server, ...ran } = await playing(script, 'x', context);
    expect(ran).toMatchObject(GOOD);
    const answers = server.of('response').map(({ message: { id, result, error } }) => [id, result ?? error]);
    expect(Object.fromEntries(answers)).toEqual({
      r: { roots: [{ uri: 'file:///work' }] },
      s: { code: -1, message: 'no' },
      e: { action: 'accept', content: { city: 'Bern' } },
      f: { action: 'decline' },
    });
  });

  it('may expect a failure', async () => {
    const script: Script = { 'tools/call': silence, ping: error({ code: -32603, message: 'no' }) };
    const context = {
      timeoutMs: 5000,
      actions: [
        {
          do: 'together',
          actions: [
            { do: 'call-tool', name: 'a', timeoutMs: 30, expect: 'timeout' },
            { do: 'call-tool', name: 'b', progress: true, cancelAfterMs: 30, expect: 'cancelled' },
          ],
        },
        { do: 'ping', expect: 'protocol-error' },
      ],
    };
    const { keys, ...ran } = await playing(script, 'x', context);
    expect(ran).toMatchObject(GOOD);
    expect(keys.filter((key) => key === 'notifications/cancelled')).toHaveLength(2);
  });
});

describe('exit code 1, with one line that says why', () => {
  it.each<[string, Script, unknown, RegExp]>([
    ['connect', { initialize: status(500) }, undefined, /^connect failed: .*HTTP status 500/],
    ['an unsupported revision', { initialize: result(initializeResult('2031-01-01')) }, undefined, /"2031-01-01"/],
    ['an action', { 'tools/list': status(500) }, undefined, /^action 1 \(list-tools\) failed: .*500/],
    ['a later action', { 'tools/call': status(500) }, { tool: { name: 'a' } }, /^action 2 \(call-tool "a"\) failed/],
    ['close', { DELETE: status(500) }, undefined, /^close failed: .*500/],
    [
      'an expected failure that did not come',
      {},
      { actions: [{ do: 'ping', expect: 'http' }] },
      /it succeeded \(expected: http\)/,
    ],
    [
      'another failure than expected',
      { ping: status(500) },
      { actions: [{ do: 'ping', expect: 'timeout' }] },
      /500.*\(expected: timeout\)/,
    ],
    [
      'waiting in vain',
      {},
      { actions: [{ do: 'wait', for: 'request', timeoutMs: 20 }] },
      /no request came within 20 ms/,
    ],
    [
      'one of several',
      { ping: status(500) },
      { actions: [{ do: 'together', actions: [{ do: 'ping' }, { do: 'list-tools' }] }] },
      /ping: .*500/,
    ],
  ])('for %s', async (_, script, context, complaint) => {
    const { exitCode, complaints } = await playing(script, undefined, context);
    expect(exitCode).toBe(1);
    expect(complaints).toEqual([expect.stringMatching(complaint)]);
    expect(complaints[0]).not.toContain('\n');
  });

  it('ends the session all the same', async () => {
    const { keys } = await playing({ 'tools/list': status(500) }, undefined);
    expect(keys.at(-1)).toBe('DELETE');
  });
});

describe('exit code 2, with one line that says why', () => {
  it.each([[[]], [['nonsense']], [['http://127.0.0.1:1/mcp', '--verbose']]])('for the arguments %j', async (args) => {
    const complaints: string[] = [];
    expect(await run({ args, env: {}, conduct, complain: (line) => complaints.push(line) })).toBe(2);
    expect(complaints).toEqual([expect.stringMatching(/^give the server's URL as the only argument/)]);
  });

  it('for a context it cannot use, before anything is sent', async () => {
    const { exitCode, complaints, keys } = await playing({}, 'x', { tools: [] });
    expect(exitCode).toBe(2);
    expect(complaints).toEqual([expect.stringMatching(/^MCP_CONFORMANCE_CONTEXT cannot be used: .*"tools"/)]);
    expect(keys).toEqual([]);
  });
});
