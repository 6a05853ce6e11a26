import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { type Script, scriptedServer, silence, status } from './testing/scripted-server.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

async function runMain(script: Script, env: Record<string, string>) {
  await using server = await scriptedServer(script);
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN, server.url], { env: { ...process.env, ...env } });
  const [out, err, [exitCode]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { exitCode, out, err, keys: server.keys() };
}

it('runs as a program and says nothing when all goes well', async () => {
  expect(await runMain({}, { MCP_CONFORMANCE_SCENARIO: 'ping' })).toEqual({
    exitCode: 0,
    out: '',
    err: '',
    keys: ['initialize', 'notifications/initialized', 'ping', 'DELETE'],
  });
}, 30_000);

it('says in one line what failed', async () => {
  const { exitCode, out, err } = await runMain({ 'tools/list': status(500) }, {});
  expect(exitCode).toBe(1);
  expect(out).toBe('');
  expect(err).toMatch(/^mcp-assay reference client: action 1 \(list-tools\) failed: .*\n$/);
}, 30_000);

it('ends although requests are still open', async () => {
  const context = { actions: [{ do: 'call-tool', name: 'slow', timeoutMs: 50, expect: 'timeout' }] };
  const env = { MCP_CONFORMANCE_CONTEXT: JSON.stringify(context) };
  expect(await runMain({ 'tools/call': silence }, env)).toMatchObject({ exitCode: 0, err: '' });
}, 30_000);
