import type { Socket } from 'node:net';
import type { Agent } from 'undici';
import { expect, it, onTestFinished, vi } from 'vitest';
import { type ScriptedServer, startScripted } from '../../fixtures/scripted/scripted-server.ts';
import { limitsFor } from '../target/limits.ts';
import { Recorder } from '../trace/trace.ts';
import { Connections } from './connections.ts';
import { type LiveExchange, startExchange } from './http.ts';

/** A server that answers each POST and leaves every GET without an end, and a number for each connection that a request came on. */
async function serving(): Promise<{ server: ScriptedServer; usedBy: () => number[] }> {
  const sockets: Socket[] = [];
  const used: number[] = [];
  const server = await startScripted(({ method }, response, socket) => {
    if (!sockets.includes(socket)) sockets.push(socket);
    used.push(sockets.indexOf(socket));
    if (method === 'GET') response.writeHead(200).flushHeaders();
    else response.end('{}');
  });
  onTestFinished(server.close);
  return { server, usedBy: () => used };
}

function begin(pool: Agent, { url }: ScriptedServer, method = 'POST', onResponse = () => undefined): LiveExchange {
  const message = { method, url, headers: [], body: new Uint8Array(), credentials: [], shownCredentials: [] };
  return startExchange(pool, new Recorder(), message, { client: 'a', step: 0 }, limitsFor(20_000), { onResponse });
}

const post = (pool: Agent, server: ScriptedServer) => begin(pool, server).done;

it('lends the connection of one client to the next', async () => {
  const { server, usedBy } = await serving();
  const connections = new Connections();
  for (let client = 0; client < 3; client += 1) {
    const pool = connections.lend();
    await post(pool, server);
    await post(pool, server);
    await connections.giveBack(pool);
  }
  expect(usedBy()).toEqual([0, 0, 0, 0, 0, 0]);
  await connections.close();
  await server.idle();
});

it('gives clients that live side by side connections of their own', async () => {
  const { server, usedBy } = await serving();
  const connections = new Connections();
  const [one, other] = [connections.lend(), connections.lend()];
  await post(one, server);
  await post(other, server);
  await post(one, server);
  expect(usedBy()).toEqual([0, 1, 0]);
  await connections.close();
  await server.idle();
});

it('does not lend again what was used side by side', async () => {
  const { server, usedBy } = await serving();
  const connections = new Connections();
  const pool = connections.lend();
  await Promise.all([post(pool, server), post(pool, server)]);
  await connections.giveBack(pool);
  await server.idle();
  await post(connections.lend(), server);
  expect(usedBy()).toEqual([0, 1, 2]);
  await connections.close();
});

it('does not lend again what was broken off', async () => {
  const { server, usedBy } = await serving();
  const connections = new Connections();
  const pool = connections.lend();
  const begun = await new Promise<LiveExchange>((resolve) => {
    const live: LiveExchange = begin(pool, server, 'GET', () => void Promise.resolve().then(() => resolve(live)));
  });
  begun.close();
  await connections.giveBack(pool);
  await server.idle();
  await post(connections.lend(), server);
  expect(usedBy()).toEqual([0, 1]);
  await connections.close();
});

it('does not lend again what the server has closed', async () => {
  const server = await startScripted((_, response) => response.writeHead(200, { Connection: 'close' }).end('{}'));
  onTestFinished(server.close);
  const connections = new Connections();
  const pool = connections.lend();
  await post(pool, server);
  await server.idle();
  await connections.giveBack(pool);
  expect(connections.lend()).not.toBe(pool);
  await connections.close();
});

it('does not lend again what has been left for long', async () => {
  const { server } = await serving();
  const connections = new Connections();
  const pool = connections.lend();
  await post(pool, server);
  await connections.giveBack(pool);
  const now = performance.now();
  const clock = vi.spyOn(performance, 'now').mockReturnValue(now + 1_500);
  onTestFinished(() => clock.mockRestore());
  expect(connections.lend()).not.toBe(pool);
  await server.idle();
  await connections.close();
});

it('does not lend again what was never connected', async () => {
  const connections = new Connections();
  const pool = connections.lend();
  await connections.giveBack(pool);
  expect(pool.destroyed).toBe(true);
  expect(connections.lend()).not.toBe(pool);
  await connections.close();
});

it('closes what is lent, too, in the end', async () => {
  const { server } = await serving();
  const connections = new Connections();
  const pool = connections.lend();
  await post(pool, server);
  await connections.close();
  await server.idle();
  expect(pool.destroyed).toBe(true);
  await connections.giveBack(pool);
  expect(connections.lend()).not.toBe(pool);
});
