import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Progress } from '@modelcontextprotocol/sdk/types.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ReferenceServerOptions } from './index.ts';
import { drive } from './testing/driver.ts';

/** A user service with one user, on a real socket. */
async function userService(): Promise<string> {
  const server = createServer((request, response) => {
    const found = request.url === '/v1/users/1';
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(found ? { id: 1, name: 'Ann', surname: 'Lee' } : { detail: 'User not found' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function connect(options: Partial<ReferenceServerOptions>) {
  const { server } = await drive({ userServiceUrl: await userService(), pageSize: 2, ...options });
  const client = new Client({ name: 'official', version: '1' });
  const errors: Error[] = [];
  client.onerror = (error) => errors.push(error);
  const transport = new StreamableHTTPClientTransport(new URL(server.url));
  await client.connect(transport);
  onTestFinished(() => client.close());
  return { client, transport, errors };
}

const settings = (['json', 'sse', 'auto'] as const).flatMap((answers) =>
  ['2025-03-26', '2025-06-18', '2025-11-25'].map((revision) => ({ answers, revision })),
);

describe.each(settings)('the official client, with $answers answers of $revision', ({ answers, revision }) => {
  const options = { answers, revisions: [revision] };

  it('agrees on the revision and pings', async () => {
    const { client, transport, errors } = await connect(options);
    expect(transport.protocolVersion).toBe(revision);
    expect(client.getServerCapabilities()).toEqual({
      tools: { listChanged: true },
      resources: { subscribe: true, listChanged: true },
      prompts: { listChanged: true },
      completions: {},
      logging: {},
      ...(revision === '2025-11-25' ? { tasks: { list: {}, cancel: {}, requests: { tools: { call: {} } } } } : {}),
    });
    expect(client.getServerVersion()).toMatchObject({ name: 'mcp-assay-reference-server' });
    expect(await client.ping()).toEqual({});
    expect(errors).toEqual([]);
  });

  it('lists the tools page by page', async () => {
    const { client } = await connect(options);
    const pages: string[][] = [];
    let cursor: string | undefined;
    do {
      const page = await client.listTools(cursor === undefined ? {} : { cursor });
      pages.push(page.tools.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(pages.map((names) => names.length)).toEqual([...Array(11).fill(2), 1]);
    expect(new Set(pages.flat()).size).toBe(23);
  });

  it('calls tools, and tells failures from errors', async () => {
    const { client } = await connect(options);
    const get = (id: unknown) => client.callTool({ name: 'get_user_by_id', arguments: { id } });
    expect(await get(1)).toEqual({ content: [{ type: 'text', text: expect.stringContaining('Ann Lee') }] });
    expect(await get(2)).toMatchObject({ isError: true });
    expect(await get('one')).toMatchObject({ isError: true });
    await expect(client.callTool({ name: 'nope' })).rejects.toMatchObject({ code: -32602 });
  });

  it('follows progress, where the answer can carry it', async () => {
    const { client } = await connect(options);
    const progress: Progress[] = [];
    const call = { name: 'assay_progress', arguments: { steps: 3 } };
    const result = await client.callTool(call, undefined, { onprogress: (one) => progress.push(one) });
    expect(result).toEqual({ content: [{ type: 'text', text: 'Finished 3 steps.' }] });
    expect(progress.map((one) => one.progress)).toEqual(answers === 'json' ? [] : [1, 2, 3]);
  });

  it('cancels, and goes on', async () => {
    const { client } = await connect(options);
    const controller = new AbortController();
    const slow = client.callTool({ name: 'assay_slow', arguments: { ms: 60_000 } }, undefined, {
      signal: controller.signal,
    });
    controller.abort();
    await expect(slow).rejects.toThrow();
    expect(await client.ping()).toEqual({});
  });

  it('ends its session', async () => {
    const { client, transport } = await connect(options);
    await transport.terminateSession();
    expect(transport.sessionId).toBeUndefined();
    await expect(client.ping()).rejects.toThrow();
  });
});
