import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { initialize, nowhere, postHeaders } from './testing/driver.ts';

function run(args: string[], env: NodeJS.ProcessEnv) {
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...args], { env: { ...process.env, ...env } });
  onTestFinished(() => void child.kill('SIGKILL'));
  const output = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    output.out += chunk;
  });
  const exited = new Promise<{ code: number | null; out: string; err: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, ...output }));
  });
  const listening = new Promise<string>((resolve) => {
    child.stderr.on('data', (chunk) => {
      output.err += chunk;
      const [, url] = /"url":"([^"]+)"/.exec(output.err) ?? [];
      if (url !== undefined) resolve(url);
    });
  });
  return { child, exited, listening };
}

it.each(['SIGTERM', 'SIGINT'] as const)(
  'serves until %s, and then exits with 0',
  { timeout: 60_000 },
  async (signal) => {
    const { child, exited, listening } = run(['--port', '0'], { USER_SERVICE_URL: nowhere });
    const url = await listening;
    const body = JSON.stringify(initialize());
    expect((await fetch(url, { method: 'POST', headers: postHeaders, body })).status).toBe(200);
    child.kill(signal);
    const { code, out, err } = await exited;
    expect([code, out]).toEqual([0, '']);
    const events = err
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events[0]).toEqual({ time: expect.any(String), event: 'listening', url });
    expect(events.at(-1)).toMatchObject({ event: 'closed' });
  },
);

it.each([
  ['no user service', [], { USER_SERVICE_URL: undefined }, /USER_SERVICE_URL/],
  ['a user service that is no URL', [], { USER_SERVICE_URL: 'nonsense' }, /userServiceUrl/],
  ['a port that is none', ['--port', 'x'], { USER_SERVICE_URL: nowhere }, /port must be/],
  ['an unknown option', ['--nope'], { USER_SERVICE_URL: nowhere }, /--nope/],
])('does not start with %s, and exits with 2', { timeout: 60_000 }, async (_name, args, env, why) => {
  const { code, out, err } = await run(args, env).exited;
  expect([code, out]).toEqual([2, '']);
  expect(err).toMatch(why);
});

it('serves over standard input and output until the input ends, and writes nothing but messages', {
  timeout: 60_000,
}, async () => {
  const { child, exited } = run(['--stdio', '--fixtures'], { USER_SERVICE_URL: nowhere });
  child.stdin.write(`${JSON.stringify(initialize('2024-11-05'))}\n`);
  child.stdin.end(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' })}\n`);
  const { code, out } = await exited;
  const messages = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(code).toBe(0);
  expect(messages.map(({ id }) => id)).toEqual(['init', 1]);
  const names = messages[1].result.tools.map(({ name }: { name: string }) => name);
  expect(names).toEqual(expect.arrayContaining(['assay_log', 'test_simple_text']));
});

it.each(['SIGTERM', 'SIGINT'] as const)(
  'answers what is in flight over standard input and output on %s, and exits with 0',
  { timeout: 60_000 },
  async (signal) => {
    const { child, exited } = run(['--stdio'], { USER_SERVICE_URL: nowhere });
    const slow = {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'assay_slow', arguments: { ms: 60_000 } },
    };
    const pinged = new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk: Buffer) => chunk.includes('"id":2') && resolve());
    });
    for (const message of [initialize(), slow, { jsonrpc: '2.0', id: 2, method: 'ping' }]) {
      child.stdin.write(`${JSON.stringify(message)}\n`);
    }
    await pinged;
    child.kill(signal);
    const { code, out } = await exited;
    expect(code).toBe(0);
    expect(JSON.parse(out.trim().split('\n').at(-1) ?? '')).toMatchObject({ id: 1, error: { code: -32603 } });
  },
);
