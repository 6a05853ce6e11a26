/** The client against a server that nobody here wrote. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ReferenceClient } from './client.ts';
import { SUPPORTED_REVISIONS } from './revisions.ts';
import { failureOf, successOf } from './testing/connecting.ts';

const PROGRAM = fileURLToPath(import.meta.resolve('@modelcontextprotocol/server-everything/dist/index.js'));

let server: ChildProcess;
let url: string;

beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}/mcp`;
  server = spawn(process.execPath, [PROGRAM, 'streamableHttp'], {
    env: { ...process.env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await readiness(server);
}, 60_000);

afterAll(async () => {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exit = once(server, 'exit');
  server.kill('SIGKILL');
  await exit;
});

describe.each(SUPPORTED_REVISIONS)('@modelcontextprotocol/server-everything at %s', (revision) => {
  it('is connected to, listed, called and left', async () => {
    const client = new ReferenceClient({ url, revision });
    const session = successOf(await client.connect());
    expect(session).toMatchObject({ revision, id: expect.any(String), server: { capabilities: { tools: {} } } });
    expect(successOf(await client.openStream())).toBe('listening');
    const tools = successOf(await client.listTools());
    expect(tools.map(({ name }) => name)).toContain('echo');
    const echoed = successOf(await client.callTool('echo', { message: 'é日🔍' }));
    expect(echoed.content).toEqual([{ type: 'text', text: 'Echo: é日🔍' }]);
    successOf(await client.ping());
    successOf(await client.close());
    expect(failureOf(await client.ping())).toEqual({ kind: 'not-connected' });
  }, 30_000);
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  if (address === null || typeof address === 'string') throw new Error('no free port was found');
  probe.close();
  await once(probe, 'close');
  return address.port;
}

/** Resolves when the server says that it listens. */
function readiness({ stderr }: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    if (!stderr) throw new Error('the server has no standard error');
    const lines = createInterface({ input: stderr });
    lines.on('line', (line) => {
      said.push(line);
      if (line.includes('listening on port')) resolve();
    });
    lines.on('close', () => reject(new Error(`the server ended before it listened: ${said.join('\n')}`)));
  });
}
