import { describe, expect, it, onTestFinished } from 'vitest';
import { type Program, stdioScript } from '../../fixtures/scripted/stdio-script.ts';
import type { Json } from '../../spec/messages.ts';
import type { Case, Step } from '../case/case.ts';
import { judgeCase } from '../judge/judge-case.ts';
import { traceOf } from '../judge/testing/trace-of.ts';
import { runCase } from '../run/run-case.ts';
import { survey } from '../survey/survey.ts';
import { type Limits, limitsFor } from '../target/limits.ts';
import { ping, post } from '../testing/client-of.ts';
import { exchangesOf } from '../trace/exchange.ts';
import { Recorder, type TraceEvent } from '../trace/trace.ts';
import type { ClientSurroundings } from './client.ts';
import { confirmSession, openSession } from './open-session.ts';
import { StdioSession } from './stdio-session.ts';

const PATIENT = limitsFor(30_000);

/** Every exchange has exactly one end; the process has one too, and says nothing after it. */
function expectWhole(events: readonly TraceEvent[]): void {
  const ids = (kind: 'request' | 'end') => events.flatMap((event) => (event.kind === kind ? [event.exchange] : []));
  expect(ids('end').sort()).toEqual(ids('request').sort());
  expect(events.filter(({ kind }) => kind === 'exit')).toHaveLength(1);
  const exit = events.findIndex(({ kind }) => kind === 'exit');
  expect(events.slice(exit).map(({ kind }) => kind)).not.toContain('line');
}

function clientOf(
  program: Program,
  { limits = {}, ...more }: Partial<Omit<ClientSurroundings, 'limits'>> & { limits?: Partial<Limits> } = {},
) {
  const recorder = new Recorder();
  const around = {
    recorder,
    limits: { ...PATIENT, ...limits },
    revision: '2025-11-25' as const,
    capabilities: {},
    answers: {},
  };
  const client = new StdioSession('a', program, { ...around, ...more });
  onTestFinished(() => client.close());
  const close = async () => {
    await client.close();
    expectWhole(recorder.events);
    return exchangesOf({ header: traceOf([]).header, events: recorder.events });
  };
  return { client, close, recorder };
}

describe('what is sent over stdio', () => {
  it('is answered, each request by the response with its id', async () => {
    const { client, close } = clientOf(stdioScript());
    await openSession(client);
    await confirmSession(client);
    await client.send(ping());
    const all = await close();
    expect(all.map(({ sent, payload, end }) => [sent[0]?.envelope.kind, payload.messages.length, end?.how])).toEqual([
      ['request', 1, 'complete'],
      ['notification', 0, 'complete'],
      ['request', 1, 'complete'],
    ]);
    expect(all[0]?.payload).toMatchObject({ form: 'lines', unreadable: [] });
    expect(all[2]?.payload.messages[0]?.value).toEqual({ jsonrpc: '2.0', id: 'p', result: {} });
  });

  it('in a batch waits for every response', async () => {
    const { client, close } = clientOf(
      stdioScript(
        `if (Array.isArray(message)) { for (const { id } of message) say({ jsonrpc: '2.0', id, result: {} }); return true; }`,
      ),
    );
    await client.send(
      post(
        [1, 2].map((id) => ({ jsonrpc: '2.0', id, method: 'ping' })),
        { awaits: [1, 2] },
      ),
    );
    expect((await close())[0]?.payload.messages).toHaveLength(2);
  });

  it('goes with a line of its own, whatever it is', async () => {
    const { client, close, recorder } = clientOf({
      command: process.execPath,
      args: ['-e', 'process.stdin.pipe(process.stdout)'],
      env: {},
    });
    await client.send({ step: 0, method: 'POST', body: Buffer.from('{"a":') });
    await client.send({ step: 1, method: 'POST', body: Buffer.from('[]') });
    await close();
    const lines = recorder.events.flatMap((event) =>
      event.kind === 'line' ? [Buffer.from(event.bytes).toString()] : [],
    );
    expect(lines).toEqual(['{"a":', '[]']);
  });

  it.each<[string, Program, string]>([
    ['a server that does not answer', stdioScript('return true'), 'timeout'],
    ['a server that answers with nonsense', stdioScript(`console.log('nonsense'); return true`), 'timeout'],
    ['a server that goes', stdioScript('process.exit(1)'), 'broken'],
    ['a server that never ran', { command: '/no/such/program', args: [], env: {} }, 'broken'],
  ])('to %s ends', async (_, program, how) => {
    const { client, close } = clientOf(program, how === 'timeout' ? { limits: { stepMs: 500, startMs: 0 } } : {});
    await client.send(ping());
    expect((await close())[0]?.end?.how).toBe(how);
  });
});

describe('what the server asks over stdio', () => {
  it('is answered as over HTTP', async () => {
    const asks = `if (message.method === 'ping' && message.id === 'p') {
      say({ jsonrpc: '2.0', id: 'a', method: 'ping' }, { jsonrpc: '2.0', id: 'b', method: 'roots/list' }, { jsonrpc: '2.0', id: 'c', method: 'x' });
      return true;
    }
    if (message.id === 'c') say({ jsonrpc: '2.0', id: 'p', result: {} });`;
    const { client, close } = clientOf(stdioScript(asks), { answers: { 'roots/list': { roots: [] } } });
    await client.send(ping());
    const replies = (await close())
      .filter(({ step }) => step === null)
      .flatMap(({ sent }) => sent.map(({ value }) => value));
    const refused: Json = { code: -32601, message: 'This client does not have that method' };
    expect(replies).toEqual([
      { jsonrpc: '2.0', id: 'a', result: {} },
      { jsonrpc: '2.0', id: 'b', result: { roots: [] } },
      { jsonrpc: '2.0', id: 'c', error: refused },
    ]);
  });

  it('in answer to each answer comes to an end all the same', async () => {
    const { client, close } = clientOf(stdioScript(`say({ jsonrpc: '2.0', id: 'again', method: 'ping' });`));
    await client.send(ping());
    expect((await close()).length).toBeGreaterThan(1);
  });
});

describe('the first look over stdio', () => {
  const look = async (program: Program, limits = PATIENT) => {
    const found = await survey({ url: 'stdio:', credentials: [], command: program }, limits, null);
    expectWhole(found.trace.events);
    expect(found.trace.header.transport).toBe('stdio');
    return found;
  };

  it('finds a server judgeable', async () => {
    expect(await look(stdioScript())).toMatchObject({
      kind: 'judgeable',
      revision: '2025-11-25',
      variables: { server: { session: false } },
    });
  });

  const run = (code: string): Program => ({ command: process.execPath, args: ['-e', code], env: {} });
  it.each<[string, Program, RegExp]>([
    [
      'cannot be started',
      { command: '/no/such/program', args: [], env: {} },
      /^the command cannot be started \(.*ENOENT.*\)$/,
    ],
    [
      'ends at once',
      run(`console.error('no config'); process.exit(2)`),
      /^the command exited with code 2 instead of answering initialize; the last it wrote to its standard error: "no config"$/,
    ],
    [
      'is killed',
      run(`process.kill(process.pid, 'SIGKILL')`),
      /^the command was ended by SIGKILL instead of answering initialize$/,
    ],
    [
      'stays silent',
      run('process.stdin.resume()'),
      /^it did not answer initialize in time: is it an MCP server over stdio\? --timeout gives it longer$/,
    ],
    [
      'greets',
      run(`console.log('Welcome'); process.stdin.resume()`),
      /^it writes "Welcome" to its standard output and no response to initialize$/,
    ],
    [
      'writes Content-Length headers, silent',
      run(`const body = '{"jsonrpc":"2.0","id":1001,"result":{}}';
        process.stdin.on('data', () => process.stdout.write('Content-Length: ' + body.length + '\\r\\n\\r\\n' + body))`),
      /^it writes Content-Length headers, as language servers do: over stdio each MCP message stands on a line of its own$/,
    ],
    [
      'writes no line feeds, silent',
      run(`process.stdin.on('data', () => process.stdout.write('{"jsonrpc":"2.0","id":1001,"result":{}}'))`),
      /^its answer has no line feed at the end: over stdio each message stands on a line of its own$/,
    ],
    [
      'keeps its output in a buffer, silent',
      run(`process.stdin.resume().on('end', () => console.log('{"jsonrpc":"2.0","id":1001,"result":{}}'))`),
      /^it answers only once its standard input is closed: does it keep its output in a buffer\?$/,
    ],
    [
      'refuses',
      stdioScript(`say({ jsonrpc: '2.0', id: message.id, error: { code: 1, message: 'no' } }); return true`),
      /^it answers initialize with the error \{"code":1,"message":"no"\}$/,
    ],
  ])('gives one sentence of a command that %s', async (name, program, sentence) => {
    const shortly = { ...limitsFor(/stays|greets/.test(name) ? 4_000 : 1_500), startMs: 0 };
    const found = await look(program, /silent|greets/.test(name) ? shortly : PATIENT);
    expect(found.kind === 'hopeless' ? found.reason : found.kind).toMatch(sentence);
  });
});

describe('a case over stdio', () => {
  const caseOf = (...steps: Step[]): Case => ({
    id: 'a.case',
    title: '',
    requires: ['ping.respond'],
    steps,
    file: '',
    example: {},
  });
  const setting = (program: Program) => ({
    target: { url: 'stdio:', credentials: [], command: program },
    revision: '2025-11-25' as const,
    limits: PATIENT,
    variables: {},
  });

  it('is driven and judged as over HTTP, each client with a process of its own', async () => {
    const step: Step = { request: { method: 'ping' }, expect: { result: { type: 'object' } } };
    const testCase = caseOf(step, { ...step, client: 'b' });
    const trace = await runCase(testCase, setting(stdioScript()));
    expect(judgeCase(testCase, trace).map(({ kind }) => kind)).toEqual(['kept', 'kept']);
    expect(trace.events.filter(({ kind }) => kind === 'exit')).toHaveLength(2);
  });

  it('waits for a server that is slow to start', async () => {
    const slow = stdioScript();
    const late = { ...slow, args: ['-e', `setTimeout(() => { ${slow.args[1]} }, 1_500)`] };
    const target = { url: 'stdio:', credentials: [], command: late };
    const limits = { ...PATIENT, stepMs: 500, startMs: 60_000 };
    const found = await survey(target, limits, '2025-11-25');
    expect(found.kind).toBe('judgeable');
    const step: Step = { request: { method: 'ping' }, expect: { result: { type: 'object' } } };
    const trace = await runCase(caseOf(step), { ...setting(late), target, limits: { ...limits, startMs: 0 } });
    expect(judgeCase(caseOf(step), trace).map(({ kind }) => kind)).toEqual(['kept']);
  });

  it.each<[string, Program, string]>([
    ['goes', stdioScript(), 'complete'],
    ['stays', stdioScript(`setInterval(() => {}, 1_000)`), 'timeout'],
  ])('tells that a server %s when its input is closed', async (_, program, ending) => {
    const testCase = caseOf({ request: { method: 'ping' } }, { close: 'input', expect: { ending: { const: ending } } });
    const limits = ending === 'timeout' ? { ...PATIENT, stepMs: 2_000 } : PATIENT;
    const trace = await runCase(testCase, { ...setting(program), limits });
    expect(judgeCase(testCase, trace).map(({ kind }) => kind)).toEqual(['kept']);
    const ends = trace.events.flatMap((event) => (event.kind === 'stop' ? [event.how] : []));
    expect(ends).toEqual(ending === 'complete' ? ['end-of-input'] : ['end-of-input', 'SIGTERM']);
  });

  it('writes a message in two pieces where it is told to', async () => {
    const pieces = `process.stdin.on('data', (chunk) => process.stderr.write(chunk.length + ' '));`;
    const step: Step = { request: { id: 'ü', method: 'ping' }, cut: 2_000, expect: { result: { type: 'object' } } };
    const program = stdioScript();
    const [flag = '', code = ''] = program.args;
    const trace = await runCase(caseOf(step), setting({ ...program, args: [flag, pieces + code] }));
    const said = trace.events.flatMap((event) =>
      event.kind === 'stderr' ? [Buffer.from(event.bytes).toString()] : [],
    );
    expect(judgeCase(caseOf(step), trace).map(({ kind }) => kind)).toEqual(['kept']);
    const lengths = said.join('').trim().split(' ').map(Number);
    const last = trace.events.findLast((event) => event.kind === 'request');
    const body = last?.kind === 'request' ? last.body : new Uint8Array();
    const first = body.indexOf(0xc3) + 1;
    // what was written just before the first piece may reach the server together with it
    expect(lengths.at(-1)).toBe(body.length - first);
    expect(lengths.at(-2)).toBeGreaterThanOrEqual(first);
  });

  it('breaks where the server goes', async () => {
    const testCase = caseOf({ request: { method: 'ping' }, expect: { result: true } });
    const trace = await runCase(testCase, setting(stdioScript(`if (message.method === 'ping') process.exit(1)`)));
    expectWhole(trace.events);
    expect(judgeCase(testCase, trace)).toMatchObject([
      { kind: 'broken', message: expect.stringContaining('the exchange ended by broken') },
    ]);
  });
});
