import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandClient } from './command-client.ts';

const node = (script: string, ...more: string[]) => commandClient([process.execPath, '-e', script, '--', ...more]);
const invocation = {
  url: 'http://127.0.0.1:1/mcp',
  scenario: 'tools_call',
  context: { revision: '2025-06-18', x: 'ü' },
};

it('appends the address, and gives scenario and context in the environment', async () => {
  const script = `console.log(JSON.stringify([process.argv.slice(1), process.env.MCP_CONFORMANCE_SCENARIO,
    JSON.parse(process.env.MCP_CONFORMANCE_CONTEXT), process.env.MCP_CONFORMANCE_PROTOCOL_VERSION, process.env.MINE]))`;
  const start = commandClient([process.execPath, '-e', script, '--', 'a b'], { MINE: 'm' });
  const end = await start(invocation).ended;
  expect(JSON.parse(end.stdout)).toEqual([
    ['a b', invocation.url],
    'tools_call',
    invocation.context,
    '2025-06-18',
    'm',
  ]);
  expect(end).toMatchObject({ how: 'exit', code: 0, signal: null });
});

it('tells exit codes and the end of what was said', async () => {
  const end = await node(`process.stderr.write('x'.repeat(20000) + 'last'); process.exitCode = 7`)(invocation).ended;
  expect(end).toMatchObject({ how: 'exit', code: 7 });
  expect(end.stderr).toMatch(/xlast$/);
  expect(end.stderr.length).toBeLessThan(10_000);
});

it('tells a command that does not exist', async () => {
  const running = commandClient(['mcp-assay-no-such-command'])(invocation);
  const end = await running.ended;
  expect(end).toMatchObject({ how: 'not-started', code: null });
  expect(end.stderr).toContain('mcp-assay-no-such-command');
  expect(await running.stop()).toEqual(end);
});

it('tells a signal that came from elsewhere', async () => {
  const end = await node(`process.kill(process.pid, 'SIGTERM')`)(invocation).ended;
  expect(end).toMatchObject({ how: 'signal', signal: 'SIGTERM' });
});

describe('a command that does not end by itself', () => {
  it('is asked to, first', async () => {
    const file = signalFile();
    const running = node(`process.on('SIGTERM', () => { console.log('asked'); process.exit(0) });
      setInterval(() => {}, 1e6); ${writes(file)}`)(invocation);
    await readSoon(file);
    expect(await running.stop()).toMatchObject({ how: 'stopped', code: 0, stdout: 'asked\n' });
  });

  it('is made to, with all that it has started', async () => {
    const file = signalFile();
    const stubborn = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1e6);`;
    const child = `${stubborn} ${writes(file)}`;
    const running = node(`${stubborn}
      require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}])`)(invocation);
    const pid = Number(await readSoon(file));
    expect(await running.stop()).toMatchObject({ how: 'stopped', signal: 'SIGKILL' });
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  }, 30_000);
});

/** A file that does not exist yet, by which a child says that it is up. */
function signalFile(): string {
  return join(mkdtempSync(join(tmpdir(), 'mcp-assay-')), 'up');
}

/** Code that writes the process id to a file. */
function writes(file: string): string {
  return `require('node:fs').writeFileSync(${JSON.stringify(file)}, String(process.pid));`;
}

async function readSoon(file: string): Promise<string> {
  await expect.poll(() => existsSync(file) && readFileSync(file, 'utf8'), { timeout: 20_000 }).toMatch(/^\d+$/);
  const text = readFileSync(file, 'utf8');
  rmSync(dirname(file), { recursive: true });
  return text;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
