import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type ReferenceServerOptions, startReferenceServer } from './index.ts';
import { settingsFrom } from './options.ts';
import { drive, nowhere } from './testing/driver.ts';

describe('options', () => {
  it('have defaults', () => {
    expect(settingsFrom({ userServiceUrl: nowhere })).toMatchObject({
      host: '127.0.0.1',
      port: 0,
      path: '/mcp',
      revisions: ['2026-07-28', '2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'],
      answers: 'auto',
    });
  });

  it('name revisions in any order', () => {
    const revisions = ['2025-03-26', '2025-11-25'];
    expect(settingsFrom({ userServiceUrl: nowhere, revisions }).revisions).toEqual(['2025-11-25', '2025-03-26']);
  });

  it.each<[wrong: Partial<Record<keyof ReferenceServerOptions, unknown>>, named: string]>([
    [{ userServiceUrl: 'ftp://x' }, 'userServiceUrl'],
    [{ path: 'mcp' }, 'path'],
    [{ path: '/mcp?x' }, 'path'],
    [{ answers: 'xml' }, 'answers'],
    [{ port: 65_536 }, 'port'],
    [{ port: Number.NaN }, 'port'],
    [{ pageSize: 0 }, 'pageSize'],
    [{ maxSessions: 0.5 }, 'maxSessions'],
    [{ revisions: [] }, 'revisions'],
    [{ revisions: ['2023-01-01'] }, '"2023-01-01"'],
    [{ ssePath: '/mcp' }, 'ssePath'],
    [{ askTimeoutMs: 0 }, 'askTimeoutMs'],
  ])('that are wrong are refused: %j', async (wrong, named) => {
    const options = { userServiceUrl: nowhere, ...wrong } as ReferenceServerOptions;
    await expect(startReferenceServer(options)).rejects.toThrow(RangeError);
    await expect(startReferenceServer(options)).rejects.toThrow(named);
  });
});

it('fails to start on a port that is taken', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise((resolve) => other.close(() => resolve())));
  const address = other.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  await expect(startReferenceServer({ userServiceUrl: nowhere, port })).rejects.toThrow(/EADDRINUSE/);
});

it('listens on the loopback interface and says where', async () => {
  const { server, log } = await drive();
  expect(server.url).toBe(`http://127.0.0.1:${server.port}/mcp`);
  expect(log).toContainEqual({ event: 'listening', url: server.url });
});
