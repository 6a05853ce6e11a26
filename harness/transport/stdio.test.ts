import { describe, expect, it, onTestFinished } from 'vitest';
import { limitsFor } from '../target/limits.ts';
import { Recorder, type TraceEvent } from '../trace/trace.ts';
import { StdioServer } from './stdio.ts';

/** Starts a program and reads what it does; it is gone when the test is over. */
function start(command: string, args: readonly string[], { bodyBytes = 1_000_000, env = {} } = {}) {
  const recorder = new Recorder();
  const server = new StdioServer({ command, args, env }, 'a', recorder, { ...limitsFor(30_000), bodyBytes });
  onTestFinished(async () => {
    server.signal('SIGKILL');
    await server.shutDown(100);
  });
  const line = () => new Promise<string>((resolve) => server.onLine((bytes) => resolve(Buffer.from(bytes).toString())));
  return { server, recorder, line };
}

/** Starts a program in JavaScript. */
const node = (code: string, options?: Parameters<typeof start>[2]) => start(process.execPath, ['-e', code], options);

const linesIn = (events: readonly TraceEvent[]) =>
  events.flatMap((event) => (event.kind === 'line' ? [[Buffer.from(event.bytes).toString(), event.terminated]] : []));

describe('the lines of a server', () => {
  it('are recorded as they are, without their line feeds', async () => {
    const { server, recorder } = node(`process.stdout.write('a\\r\\n\\n  b\\n\\ud83d\\udd0d\\nlast')`);
    await server.ended;
    expect(linesIn(recorder.events)).toEqual([
      ['a\r', true],
      ['', true],
      ['  b', true],
      ['🔍', true],
      ['last', false],
    ]);
  });

  it('come together again where they were cut, in a character too', async () => {
    const code = `const bytes = Buffer.from('[ü]\\n[é]\\n'); let at = 0;
      const next = () => at < bytes.length && process.stdout.write(bytes.subarray(at, ++at), () => setImmediate(next)); next();`;
    const { server, recorder } = node(code);
    await server.ended;
    expect(linesIn(recorder.events)).toEqual([
      ['[ü]', true],
      ['[é]', true],
    ]);
  });

  it('are handed on until nobody listens', async () => {
    const { server, line } = node(`process.stdin.pipe(process.stdout)`);
    const heard: string[] = [];
    const stop = server.onLine((bytes) => heard.push(Buffer.from(bytes).toString()));
    server.write(Buffer.from('one\n'));
    expect(await line()).toBe('one');
    stop();
    const second = line();
    server.write(Buffer.from('two\n'));
    expect(await second).toBe('two');
    expect(heard).toEqual(['one']);
  });
});

it('what a server says on its standard error is recorded apart', async () => {
  const { server, recorder } = node(`console.error('oops'); console.log('fine')`);
  await server.ended;
  const errors = recorder.events.flatMap((event) =>
    event.kind === 'stderr' ? [Buffer.from(event.bytes).toString()] : [],
  );
  expect(errors.join('')).toBe('oops\n');
  expect(linesIn(recorder.events)).toEqual([['fine', true]]);
});

it('a server has the harness’s environment, with what the user adds', async () => {
  const { server, recorder } = node(`console.log(process.env.ASSAY_TEST, Boolean(process.env.PATH))`, {
    env: { ASSAY_TEST: 'x y' },
  });
  await server.ended;
  expect(linesIn(recorder.events)).toEqual([['x y true', true]]);
});

describe('the end of a server', () => {
  const exitsIn = (events: readonly TraceEvent[]) => events.filter(({ kind }) => kind === 'exit');

  it.each<[string, string, readonly string[], object]>([
    ['by itself', process.execPath, ['-e', 'process.exit(7)'], { code: 7, signal: null, failure: null }],
    [
      'by a signal',
      process.execPath,
      ['-e', 'process.kill(process.pid, "SIGKILL")'],
      { code: null, signal: 'SIGKILL', failure: null },
    ],
    [
      'before it began',
      '/no/such/program',
      [],
      { code: null, signal: null, failure: expect.stringContaining('ENOENT') },
    ],
  ])('%s is told and recorded once, after everything else', async (_, command, args, expected) => {
    const { server, recorder } = start(command, args);
    expect(await server.ended).toEqual(expected);
    expect(await server.shutDown(1_000)).toEqual(expected);
    expect(exitsIn(recorder.events)).toMatchObject([{ client: 'a', ...expected }]);
    expect(recorder.events.at(-1)?.kind).toBe('exit');
  });

  it('comes when its input is closed', async () => {
    const { server, recorder, line } = node(
      `console.log('up'); process.stdin.resume().on('end', () => console.log('bye'))`,
    );
    await line();
    expect(await server.shutDown(30_000)).toEqual({ code: 0, signal: null, failure: null });
    expect(linesIn(recorder.events)).toEqual([
      ['up', true],
      ['bye', true],
    ]);
  });

  it.each([
    ['is asked by a signal', '', 'SIGTERM'],
    ['is forced', `process.on('SIGTERM', () => {});`, 'SIGKILL'],
  ])('%s when that does not help', async (_, more, signal) => {
    const { server, line } = node(`${more} setInterval(() => {}, 1_000); console.log('up')`);
    await line();
    expect(await server.shutDown(1_000)).toMatchObject({ signal });
  });

  it('comes although a process that it left behind holds its output', async () => {
    const { server, line } = node(`
      const code = 'setTimeout(() => {}, 600_000)';
      const orphan = require('node:child_process').spawn(process.execPath, ['-e', code], { stdio: 'inherit' });
      console.log(orphan.pid);
      setInterval(() => {}, 1_000);
    `);
    const orphan = Number(await line());
    onTestFinished(() => void process.kill(orphan, 'SIGKILL'));
    expect(await server.shutDown(1_000)).toMatchObject({ signal: 'SIGTERM' });
  });

  it('does not make writing an error', async () => {
    const { server } = node('');
    await server.ended;
    server.write(Buffer.from('x\n'));
    server.closeInput();
    expect(await server.shutDown(100)).toMatchObject({ code: 0 });
  });
});

describe('a flood', () => {
  const flood = (stream: string) =>
    `const text = 'x'.repeat(65_536); const pour = () => { while (process.${stream}.write(text)); process.${stream}.once('drain', pour); }; pour();`;

  it('on the standard output ends the server', async () => {
    const { server, recorder } = node(flood('stdout'), { bodyBytes: 200_000 });
    expect(await server.ended).toMatchObject({ signal: 'SIGKILL' });
    expect(linesIn(recorder.events)).toMatchObject([[expect.stringMatching(/^x+$/), false]]);
  });

  it('on the standard error is not kept', async () => {
    const { server, recorder, line } = node(`process.stdin.once('data', () => console.log('up')); ${flood('stderr')}`, {
      bodyBytes: 200_000,
    });
    server.write(Buffer.from('x'));
    await line();
    await server.shutDown(100);
    const kept = recorder.events.reduce((sum, event) => sum + (event.kind === 'stderr' ? event.bytes.length : 0), 0);
    expect(kept).toBeLessThanOrEqual(200_000);
  });
});
