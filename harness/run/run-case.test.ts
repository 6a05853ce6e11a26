// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of case files look like those of templates
import { afterEach, describe, expect, it } from 'vitest';
import { type Exception, mcpScript, type Ordinary, sendEvents, sendJson } from '../../fixtures/scripted/mcp-script.ts';
import { startScripted } from '../../fixtures/scripted/scripted-server.ts';
import { deadTargets } from '../../fixtures/subjects/dead.ts';
import { runUntilItEnds } from '../../fixtures/subjects/testing/ends-by-itself.ts';
import type { Case, Step } from '../case/case.ts';
import { judgeCase } from '../judge/judge-case.ts';
import { FIRST_ID } from '../session/client.ts';
import { limitsFor } from '../target/limits.ts';
import { exchangesOf } from '../trace/exchange.ts';
import type { Trace } from '../trace/trace.ts';
import { Connections } from '../transport/connections.ts';
import { runCase } from './run-case.ts';
import type { RunSetting } from './run-setting.ts';

const PATIENT = limitsFor(30_000);
const SHORT = { ...limitsFor(300), bodyBytes: 200_000, events: 100 };
const leftOver: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const release of leftOver.splice(0).reverse()) await release();
});

function caseOf(steps: readonly Step[], more: Partial<Case> = {}): Case {
  return {
    id: 'a.case',
    title: 'all is well',
    requires: ['ping.respond'],
    given: 'none',
    steps,
    file: 'a.yaml',
    example: {},
    ...more,
  };
}

/** Every exchange of a finished trace has exactly one end, and nothing follows it. */
function expectWhole({ events }: Trace): void {
  const ids = (kind: 'request' | 'end') => events.flatMap((event) => (event.kind === kind ? [event.exchange] : []));
  expect(ids('end').sort()).toEqual(ids('request').sort());
}

interface Circumstances extends Partial<Omit<RunSetting, 'target'>> {
  readonly exception?: Exception;
  readonly ordinary?: Ordinary;
  readonly credentials?: RunSetting['target']['credentials'];
}

/** Runs a case against a server that does what `exception` says; nothing may stay open. */
async function run(testCase: Case, { exception, ordinary, credentials = [], ...setting }: Circumstances = {}) {
  const server = await startScripted(mcpScript(exception, ordinary));
  leftOver.push(server.close);
  const target = { url: server.url, credentials };
  const trace = await runCase(testCase, { target, revision: '2025-11-25', limits: PATIENT, variables: {}, ...setting });
  await server.idle();
  expectWhole(trace);
  return { trace, asked: server.asked };
}

const ping: Step = { request: { method: 'ping' } };
const methodsIn = (asked: Awaited<ReturnType<typeof run>>['asked']) =>
  asked.map(({ method, message }) => message.method ?? method);
const stepsIn = (trace: Trace) => exchangesOf(trace).map(({ step }) => step);

describe('what is given', () => {
  it.each([
    ['none', ['ping'], [0]],
    ['initialized', ['initialize', 'ping'], [-1, 0]],
    ['ready', ['initialize', 'notifications/initialized', 'ping'], [-1, -1, 0]],
    [undefined, ['initialize', 'notifications/initialized', 'ping'], [-1, -1, 0]],
  ] as const)('%s', async (given, methods, steps) => {
    const { given: _, ...testCase } = caseOf([ping]);
    const { trace, asked } = await run({ ...testCase, ...(given ? { given } : {}) });
    expect(methodsIn(asked)).toEqual(methods);
    expect(stepsIn(trace)).toEqual(steps);
  });

  it('names the capabilities of the case and the revision of the run', async () => {
    const { asked } = await run(caseOf([ping], { given: 'initialized', capabilities: { roots: {} } }), {
      revision: '2025-06-18',
    });
    expect(asked[0]?.message.params).toEqual({
      protocolVersion: '2025-06-18',
      capabilities: { roots: {} },
      clientInfo: { name: 'mcp-assay', version: expect.any(String) },
    });
  });

  it('is had for each client by itself', async () => {
    let sessions = 0;
    const { trace, asked } = await run(caseOf([ping, { ...ping, client: 'b' }, ping], { given: 'initialized' }), {
      ordinary: { session: 'unused' },
      exception: ({ message }, response) => {
        if (message.method !== 'initialize') return false;
        sessions += 1;
        response.setHeader('Mcp-Session-Id', `session-${sessions}`);
        return sendJson(response, {
          jsonrpc: '2.0',
          id: message.id ?? null,
          result: { protocolVersion: '2025-11-25' },
        });
      },
    });
    const sent = asked.map(({ method, message, headers }) => [
      message.method ?? method,
      headers.find(([name]) => /^mcp-session-id$/i.test(name))?.[1],
    ]);
    expect(sent).toEqual([
      ['initialize', undefined],
      ['ping', 'session-1'],
      ['initialize', undefined],
      ['ping', 'session-2'],
      ['ping', 'session-1'],
      ['DELETE', 'session-1'],
      ['DELETE', 'session-2'],
    ]);
    expect(exchangesOf(trace).map(({ client }) => client)).toEqual(['a', 'a', 'b', 'b', 'a', 'a', 'b']);
  });

  it.each<[string, Exception]>([
    [
      'an error',
      ({ message }, response) =>
        Boolean(message.method) && sendJson(response, { jsonrpc: '2.0', id: 1, error: { code: 1, message: 'no' } }),
    ],
    ['no result', (_, response) => Boolean(response.writeHead(503).end())],
    ['nothing', (_asked, _response, socket) => Boolean(socket.destroy())],
  ])('is not had where initialize is answered with %s: no step is made', async (_, exception) => {
    const { trace } = await run(caseOf([ping], { given: 'ready' }), { exception });
    expect(stepsIn(trace)).toEqual([-1]);
    expect(judgeCase(caseOf([ping], { given: 'ready' }), trace)).toMatchObject([{ kind: 'skip', skip: 'blocked' }]);
  });
});

describe('what a step sends', () => {
  const steps: [string, Step, string][] = [
    ['a request', { request: { method: 'a/b' } }, `{"jsonrpc":"2.0","id":${FIRST_ID + 1},"method":"a/b"}`],
    [
      'a request with params',
      { request: { method: 'a', params: { x: [1] } } },
      `{"jsonrpc":"2.0","id":${FIRST_ID + 1},"method":"a","params":{"x":[1]}}`,
    ],
    [
      'a request with an id of its own',
      { request: { id: '7', method: 'a' } },
      '{"jsonrpc":"2.0","id":"7","method":"a"}',
    ],
    ['a request with the id null', { request: { id: null, method: 'a' } }, '{"jsonrpc":"2.0","id":null,"method":"a"}'],
    ['a notification', { notify: { method: 'a', params: [] } }, '{"jsonrpc":"2.0","method":"a","params":[]}'],
    ['a response', { respond: { id: 1, result: {} } }, '{"jsonrpc":"2.0","id":1,"result":{}}'],
    ['any message', { send: [null, { a: 1 }] }, '[null,{"a":1}]'],
    ['any text', { text: '{"a": ü' }, '{"a": ü'],
    ['no text', { text: '' }, ''],
    [
      'the number of an example',
      { request: { id: '${number}', method: 'a' } },
      '{"jsonrpc":"2.0","id":5,"method":"a"}',
    ],
    ['a value of the run', { send: '${tool.name}' }, '"hammer"'],
    ['the revision', { text: 'at ${revision}' }, 'at 2025-11-25'],
    ['a member name', { send: { '${text}': 1 } }, '{"a b":1}'],
  ];
  it.each(steps)('%s', async (_, step, body) => {
    const { asked } = await run(caseOf([step], { example: { number: 5, text: 'a b' } }), {
      variables: { tool: { name: 'hammer' }, number: 6 },
    });
    expect(asked.map((one) => one.body.toString())).toEqual([body]);
  });

  it('any bytes', async () => {
    const { asked } = await run(caseOf([{ base64: 'ewD/' }]));
    expect([...(asked[0]?.body ?? [])]).toEqual([0x7b, 0x00, 0xff]);
  });

  it('an initialize request, its params changed or left out', async () => {
    const { asked } = await run(
      caseOf([{ initialize: { protocolVersion: '1999-01-01', clientInfo: null, extra: 1 } }]),
    );
    expect(asked[0]?.message.params).toEqual({ protocolVersion: '1999-01-01', capabilities: {}, extra: 1 });
  });

  it.each(['GET', 'DELETE', 'PUT'])('an HTTP %s without a body', async (method) => {
    const { asked } = await run(caseOf([{ http: { method } }]));
    expect(asked).toMatchObject([{ method, body: Buffer.alloc(0) }]);
  });

  it('headers, with what is known by then', async () => {
    const { asked } = await run(
      caseOf([{ ...ping, headers: { '${header}': '${session}', Accept: null, 'X-Twice': ['a', '${header}'] } }], {
        given: 'initialized',
        example: { header: 'mCP-sESSION-iD' },
      }),
      { ordinary: { session: 'abc' } },
    );
    const headers = asked[1]?.headers ?? [];
    expect(headers).toContainEqual(['mCP-sESSION-iD', 'abc']);
    expect(headers.filter(([name]) => name === 'X-Twice')).toEqual([
      ['X-Twice', 'a'],
      ['X-Twice', 'mCP-sESSION-iD'],
    ]);
    expect(headers.filter(([name]) => /^(accept|mcp-session-id)$/i.test(name))).toHaveLength(1);
  });

  it('what an earlier step saw and sent', async () => {
    const { asked } = await run(
      caseOf([
        { ...ping, name: 'first' },
        { send: { sent: '${first.sent.id}', saw: '${first.result}', status: '${first.status}' } },
      ]),
    );
    expect(asked[1]?.message).toEqual({ sent: FIRST_ID + 1, saw: {}, status: 200 });
  });

  it('ids that are new each time, and of each client', async () => {
    const { asked } = await run(caseOf([ping, ping, { ...ping, client: 'b' }]));
    expect(asked.map(({ message }) => message.id)).toEqual([FIRST_ID + 1, FIRST_ID + 2, FIRST_ID + 1]);
  });
});

describe('a case ends', () => {
  it('at a step that speaks of what was not seen', async () => {
    const testCase = caseOf([ping, { send: '${nobody.result}' }, ping]);
    const { trace } = await run(testCase);
    expect(stepsIn(trace)).toEqual([0]);
  });

  it('at an assumption that does not hold', async () => {
    const assume = [{ that: { status: { const: 202 } }, otherwise: 'blocked', because: 'x' }] as const;
    const { trace } = await run(caseOf([{ ...ping, assume }, ping]));
    expect(stepsIn(trace)).toEqual([0]);
  });

  it('before it begins, when the target has not what it needs', async () => {
    const { trace, asked } = await run(caseOf([ping], { needs: ['session'] }));
    expect(asked).toEqual([]);
    expect(trace.events).toEqual([]);
    expect(judgeCase(caseOf([ping], { needs: ['session'] }), trace)).toMatchObject([{ skip: 'not-applicable' }]);
  });

  it('when its time is up', async () => {
    const { trace } = await run(caseOf([ping, ping, ping, ping]), {
      exception: () => true,
      limits: { ...SHORT, stepMs: 200, caseMs: 300 },
    });
    expect(stepsIn(trace).length).toBeGreaterThanOrEqual(1);
    expect(stepsIn(trace).length).toBeLessThan(4);
    expect(exchangesOf(trace).every(({ end }) => end?.how === 'timeout')).toBe(true);
  });

  it('when its time is up, though many examples were to be tried, if one was not answered', async () => {
    const examples = Array.from({ length: 6 }, (_, at) => ({ ...ping, example: `number-${at}` }));
    const { trace } = await run(caseOf(examples), {
      exception: () => true,
      limits: { ...SHORT, stepMs: 200, caseMs: 300 },
    });
    expect(stepsIn(trace).length).toBeGreaterThanOrEqual(1);
    expect(stepsIn(trace).length).toBeLessThan(4);
  });

  it('later where it tries many examples and all are answered', async () => {
    const examples = Array.from({ length: 6 }, (_, at) => ({ ...ping, example: `number-${at}` }));
    let asked = 0;
    const { trace } = await run(caseOf(examples), {
      exception: ({ message }, response) => {
        asked += 1;
        setTimeout(() => sendJson(response, { jsonrpc: '2.0', id: message.id ?? null, result: {} }), 60);
        return true;
      },
      limits: { ...limitsFor(30_000), caseMs: 300 },
    });
    expect(asked).toBe(6);
    expect(exchangesOf(trace).every(({ end }) => end?.how === 'complete')).toBe(true);
  });

  it('and goes on after a step that was answered badly', async () => {
    const { trace } = await run(caseOf([ping, ping]), {
      exception: (_asked, _response, socket) => Boolean(socket.destroy()),
    });
    expect(exchangesOf(trace).map(({ step, end }) => [step, end?.how])).toEqual([
      [0, 'broken'],
      [1, 'broken'],
    ]);
  });
});

it('a step in the background does not hold up the next', async () => {
  let first: (() => void) | undefined;
  const { trace } = await run(
    caseOf([
      { request: { id: 'slow', method: 'ping' }, background: true },
      { request: { id: 'fast', method: 'ping' } },
    ]),
    {
      exception: ({ message }, response) => {
        if (message.id !== 'slow') {
          first?.();
          return false;
        }
        // Answers only once the next request is there.
        first = () => sendJson(response, { jsonrpc: '2.0', id: 'slow', result: {} });
        return true;
      },
    },
  );
  const [slow, fast] = exchangesOf(trace);
  expect(fast?.end?.how).toBe('complete');
  expect(slow?.startedAt).toBeLessThanOrEqual(fast?.startedAt ?? 0);
  expect(slow?.end?.at).toBeGreaterThanOrEqual(fast?.startedAt ?? Number.POSITIVE_INFINITY);
});

it('a stream that is left open is read, and what it asks is answered, while the case goes on', async () => {
  const asking = { jsonrpc: '2.0', id: 'asked', method: 'ping' };
  let [ask, answer] = [() => {}, () => {}];
  const { trace } = await run(caseOf([{ http: { method: 'GET', keepOpen: true } }, ping]), {
    exception: ({ method, message }, response) => {
      if (method === 'GET') {
        ask = () => void sendEvents(response, asking);
        return sendEvents(response);
      }
      if (message.method === 'ping') {
        answer = () => void sendJson(response, { jsonrpc: '2.0', id: message.id ?? null, result: {} });
        ask();
        return true;
      }
      answer();
      return false;
    },
  });
  const [stream] = exchangesOf(trace);
  expect(stream).toMatchObject({
    step: 0,
    end: { how: 'closed-by-harness' },
    payload: { messages: [{ value: asking }] },
  });
  expect(stepsIn(trace)).toEqual([0, 1, null]);
});

it('the header of a trace says what was run', async () => {
  const { trace } = await run(caseOf([ping]), { variables: { tool: { name: 'x' } }, revision: '2025-06-18' });
  expect(trace.header).toMatchObject({
    version: 1,
    case: 'a.case',
    side: 'server',
    revision: '2025-06-18',
    transport: 'streamable-http',
    target: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/mcp$/),
    variables: { tool: { name: 'x' }, revision: '2025-06-18' },
  });
  expect(Number.isNaN(Date.parse(trace.header.startedAt))).toBe(false);
});

it('credentials are sent with everything and stand nowhere in the trace', async () => {
  const { trace, asked } = await run(caseOf([ping, { http: { method: 'GET' } }], { given: 'ready' }), {
    credentials: [['Authorization', 'Bearer s3cret']],
    ordinary: { session: 'abc' },
  });
  expect(asked).toHaveLength(5);
  for (const { headers } of asked) expect(headers).toContainEqual(['Authorization', 'Bearer s3cret']);
  expect(JSON.stringify(trace)).not.toContain('s3cret');
  expect(JSON.stringify(trace)).toContain('[hidden]');
});

describe('a target that cannot be judged blocks every case', () => {
  it.each(Object.entries(deadTargets))('%s', async (_, dead) => {
    const running = await dead.start();
    leftOver.push(running.close);
    const testCase = caseOf([{ ...ping, expect: { result: true } }], { given: 'ready' });
    const trace = await runCase(testCase, {
      target: { url: running.url, credentials: [] },
      revision: '2025-11-25',
      limits: SHORT,
      variables: {},
    });
    expectWhole(trace);
    expect(judgeCase(testCase, trace)).toMatchObject([
      {
        requirement: 'ping.respond',
        kind: 'skip',
        skip: 'blocked',
        reason: expect.stringMatching(/^no session could be opened: /),
      },
    ]);
  });
});

it('nothing stays open, whatever the target does', async () => {
  const at = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
  const end = await runUntilItEnds(`
    import { deadTargets } from ${at('../../fixtures/subjects/dead.ts')};
    import { mcpScript, sendEvents } from ${at('../../fixtures/scripted/mcp-script.ts')};
    import { startScripted } from ${at('../../fixtures/scripted/scripted-server.ts')};
    import { runCase } from ${at('./run-case.ts')};
    import { limitsFor } from ${at('../target/limits.ts')};
    import { survey } from ${at('../survey/survey.ts')};
    const limits = { ...limitsFor(300), bodyBytes: 200_000, events: 100 };
    const steps = [
      { http: { method: 'GET', keepOpen: true } },
      { request: { method: 'ping' }, background: true },
      { request: { method: 'ping' } },
    ];
    const testCase = { id: 'a.b', title: '', requires: [], given: 'none', steps, file: '', example: {} };
    const streaming = { start: () => startScripted(mcpScript(({ method }, response) => method === 'GET' && sendEvents(response))) };
    for (const [name, { start }] of Object.entries({ ...deadTargets, streaming })) {
      const { url, close } = await start();
      const target = { url, credentials: [] };
      const { kind } = await survey(target, limits, null);
      await runCase(testCase, { target, revision: '2025-11-25', limits, variables: {} });
      await close();
      console.log(name, kind);
    }
  `);
  const expected = [...Object.keys(deadTargets).map((name) => `${name} hopeless`), 'streaming judgeable'];
  expect(end, end.stderr).toMatchObject({ code: 0, stdout: `${expected.join('\n')}\n` });
});

describe('the connection', () => {
  /** Runs the same case twice, with the connections of one run; counts those that the server saw. */
  async function connectionsOf(given: 'none' | 'ready', shared: boolean): Promise<number> {
    const sockets = new Set<unknown>();
    const server = await startScripted((asked, response, socket) => {
      sockets.add(socket);
      mcpScript()(asked, response, socket);
    });
    leftOver.push(server.close);
    const connections = new Connections();
    const setting: RunSetting = {
      target: { url: server.url, credentials: [] },
      revision: '2025-11-25',
      limits: PATIENT,
      variables: {},
      ...(shared ? { connections } : {}),
    };
    for (let time = 0; time < 2; time += 1) expectWhole(await runCase(caseOf([ping, ping], { given }), setting));
    await connections.close();
    await server.idle();
    return sockets.size;
  }

  it('of one case is left to the next', async () => {
    expect(await connectionsOf('ready', true)).toBe(1);
  });

  it('is a new one where nothing is given', async () => {
    expect(await connectionsOf('none', true)).toBe(2);
  });

  it('is a new one for each case that is run by itself', async () => {
    expect(await connectionsOf('ready', false)).toBe(2);
  });
});

describe('in a revision without a handshake', () => {
  const revision = '2026-07-28';
  const ask: Step = { request: { method: 'tools/list' } };
  const META = {
    'io.modelcontextprotocol/protocolVersion': revision,
    'io.modelcontextprotocol/clientInfo': { name: 'mcp-assay', version: '0' },
    'io.modelcontextprotocol/clientCapabilities': { roots: {} },
  };
  const only = async (step: Step, more: Partial<Case> = {}) => {
    const { given: _, ...testCase } = caseOf([step], { capabilities: { roots: {} }, ...more });
    const { trace, asked } = await run(testCase, { revision });
    expect(asked).toHaveLength(1);
    const [exchange] = exchangesOf(trace);
    const headers = Object.fromEntries(exchange?.requestHeaders ?? []);
    return { message: asked[0]?.message ?? {}, headers, trace };
  };

  it('nothing is opened, and a request says all of itself, in headers too', async () => {
    const { message, headers } = await only(ask);
    expect(message.params).toEqual({ _meta: META });
    expect(headers).toMatchObject({ 'MCP-Protocol-Version': revision, 'Mcp-Method': 'tools/list' });
  });

  it.each([
    [false, undefined],
    [
      { 'io.modelcontextprotocol/clientInfo': null, x: 1 },
      { 'io.modelcontextprotocol/clientInfo': undefined, x: 1 },
    ],
  ] as const)('a step changes that by meta %j', async (meta, changed) => {
    const { message } = await only({ ...ask, meta });
    const expected = { _meta: { ...META, ...changed } };
    expect(message.params).toEqual(changed ? expected : undefined);
  });

  it('an example can say what to change, and headers can be changed alike', async () => {
    const step: Step = { ...ask, meta: '${meta}', headers: { 'mcp-method': 'other', 'MCP-Protocol-Version': null } };
    const { message, headers } = await only(step, { example: { meta: { x: 1 } } });
    expect(message.params).toEqual({ _meta: { ...META, x: 1 } });
    expect(headers).toMatchObject({ 'mcp-method': 'other' });
    expect(Object.keys(headers)).not.toContain('Mcp-Method');
    expect(Object.keys(headers)).not.toContain('MCP-Protocol-Version');
  });

  it('a message written out whole stays as it is, unless it is to have meta', async () => {
    const send = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
    expect((await only({ send })).message.params).toBeUndefined();
    expect((await only({ send, meta: {} })).message.params).toEqual({ _meta: META });
  });

  it('a placeholder names the method by which a server shows that it works', async () => {
    expect((await only({ request: { method: '${alive}' } })).message.method).toBe('server/discover');
    const { asked } = await run(caseOf([{ request: { method: '${alive}' } }]));
    expect(asked[0]?.message.method).toBe('ping');
  });

  it('a stream is read for a while, or left open, where no response is waited for', async () => {
    const note = { jsonrpc: '2.0', method: 'notifications/subscriptions/acknowledged' };
    const exception: Exception = ({ message }, response) =>
      message.method === 'subscriptions/listen' && sendEvents(response, note);
    const listen: Step = { request: { method: 'subscriptions/listen' }, await: false };
    const steps = [
      { ...listen, hold: 50 },
      { ...listen, keepOpen: true },
      { request: { method: 'tools/list' } },
    ] as const;
    const { trace } = await run(caseOf(steps), { revision, exception });
    const exchanges = exchangesOf(trace);
    expect(exchanges.map(({ payload }) => payload.messages.length)).toEqual([1, 1, 1]);
    expect(exchanges.map(({ end }) => end?.how)).toEqual(['closed-by-harness', 'closed-by-harness', 'complete']);
    expect(exchanges[1]?.end?.at).toBeGreaterThan(exchanges[2]?.startedAt ?? Number.POSITIVE_INFINITY);
  });
});
