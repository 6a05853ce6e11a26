import { PassThrough, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { type Host, runCli } from './run-cli.ts';

/** Runs a command line with a process that only looks like one, and that has the standard output given. */
async function run(argv: readonly string[], stdout: Writable) {
  const stderr = new PassThrough();
  const said = text(stderr);
  const listeners = new Map<string, (error: unknown) => void>();
  const on: Host['on'] = (event, listener) => listeners.set(event, listener);
  const code = await new Promise<number>((resolve) => {
    runCli(argv, { stdout, stderr, env: {}, on, exit: resolve });
  });
  stderr.end();
  return { code, stderr: await said, listeners };
}

const sink = () => new Writable({ write: (_chunk, _encoding, done) => done() });

describe('a fault of ours', () => {
  it('gives exit code 70, a request to report it, and the stack', async () => {
    const stdout = sink();
    const write = stdout.write.bind(stdout);
    stdout.write = (chunk: unknown, ...rest: unknown[]) => {
      if (chunk !== '') throw new TypeError('a bug\u001b[2J');
      const [then] = rest.filter((value) => typeof value === 'function');
      return write('', () => then?.());
    };
    const { code, stderr } = await run(['schema', '2025-11-25'], stdout);
    expect(code).toBe(70);
    expect(stderr).toMatch(/^mcp-assay: this is a fault of mcp-assay itself; please report it with the lines below\n/);
    expect(stderr).toMatch(/TypeError: a bug\\x1b\[2J\n {4}at /);
  });

  it('is also what nobody catches', async () => {
    const { code, listeners } = await run(['schema', '2025-11-25'], sink());
    expect(code).toBe(0);
    expect([...listeners.keys()]).toEqual(['uncaughtException', 'unhandledRejection']);
  });
});

it('ends when nobody reads its output any more', async () => {
  const gone = new Writable({
    write: (_chunk, _encoding, done) => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })),
  });
  const { code, stderr } = await run(['schema', '2025-11-25'], gone);
  expect({ code, stderr }).toEqual({ code: 141, stderr: '' });
});
