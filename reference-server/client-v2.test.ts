import { fileURLToPath } from 'node:url';
import { Client, StreamableHTTPClientTransport, type VersionNegotiationMode } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Revision } from '../spec/revisions.ts';
import type { ReferenceServerOptions } from './index.ts';
import { drive, nowhere } from './testing/driver.ts';
import { SchemaJudge } from './testing/schema-judge.ts';

function newClient(mode: VersionNegotiationMode) {
  const client = new Client(
    { name: 'official', version: '2' },
    {
      capabilities: { sampling: {}, elicitation: { form: {}, url: {} }, roots: {} },
      versionNegotiation: { mode },
      listMaxPages: 100,
    },
  );
  const heard: string[] = [];
  const logs: string[] = [];
  client.setNotificationHandler('notifications/tools/list_changed', () => void heard.push('tools'));
  client.setNotificationHandler('notifications/prompts/list_changed', () => void heard.push('prompts'));
  client.setNotificationHandler('notifications/resources/list_changed', () => void heard.push('resources'));
  client.setNotificationHandler('notifications/resources/updated', ({ params }) => void heard.push(params.uri));
  client.setNotificationHandler('notifications/message', ({ params }) => void logs.push(params.level));
  client.setRequestHandler('sampling/createMessage', () => ({
    role: 'assistant' as const,
    content: { type: 'text' as const, text: 'Hello!' },
    model: 'none',
  }));
  client.setRequestHandler('roots/list', () => ({ roots: [{ uri: 'file:///a' }] }));
  client.setRequestHandler('elicitation/create', ({ params }) => {
    if (params.mode === 'url') return { action: 'accept' as const };
    const fields = Object.keys(params.requestedSchema.properties);
    const wanted = fields.filter((field) => ['name', 'text', 'color', 'subject'].includes(field));
    return {
      action: 'accept' as const,
      content: Object.fromEntries(wanted.map((field) => [field, field === 'color' ? 'red' : 'Ann'])),
    };
  });
  const call = async (name: string, args: Record<string, unknown> = {}, meta?: Record<string, unknown>) => {
    const { content, isError } = await client.callTool({ name, arguments: args, ...(meta && { _meta: meta }) });
    const texts = content.map((block) => (block.type === 'text' ? block.text : '')).join('');
    return isError === true ? `error: ${texts}` : texts;
  };
  return { client, heard, logs, call };
}

/** Connects over HTTP; every message the server sends is judged in the end. */
async function overHttp(
  mode: VersionNegotiationMode,
  revision: Revision,
  options: Partial<ReferenceServerOptions> = {},
) {
  const judge = new SchemaJudge(revision);
  const driver = await drive({ seams: judge.seams, ...options });
  const { server } = driver;
  const transport = new StreamableHTTPClientTransport(new URL(server.url));
  const made = newClient(mode);
  await made.client.connect(transport);
  onTestFinished(async () => {
    await made.client.close();
    expect(judge.problems).toEqual([]);
    expect(judge.judged.size).toBeGreaterThan(0);
  });
  return { ...made, driver, transport };
}

/** Starts the program and connects to it over its standard streams. */
async function overStdio(mode: VersionNegotiationMode) {
  const main = fileURLToPath(new URL('main.ts', import.meta.url));
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: ['--import', 'tsx', main, '--stdio'],
    env: { ...process.env, USER_SERVICE_URL: nowhere } as Record<string, string>,
    stderr: 'ignore',
  });
  const made = newClient(mode);
  await made.client.connect(transport);
  onTestFinished(() => made.client.close());
  return { ...made, transport };
}

const modern = [
  { way: 'http', connect: () => overHttp('auto', '2026-07-28') },
  { way: 'http with streams', connect: () => overHttp('auto', '2026-07-28', { answers: 'sse' }) },
  { way: 'stdio', connect: () => overStdio('auto') },
];

describe.each(modern)('the official client of the second generation, with 2026-07-28 over $way,', ({ connect }) => {
  it('finds the server out, and reads what it offers', { timeout: 60_000 }, async () => {
    const { client } = await connect();
    expect(client.getNegotiatedProtocolVersion()).toBe('2026-07-28');
    expect(client.getServerVersion()).toMatchObject({ name: 'mcp-assay-reference-server' });
    expect(client.getServerCapabilities()).toEqual({
      tools: { listChanged: true },
      resources: { subscribe: true, listChanged: true },
      prompts: { listChanged: true },
      completions: {},
      logging: {},
      extensions: { 'io.modelcontextprotocol/tasks': {} },
    });
    expect((await client.listTools()).tools).toHaveLength(23);
    expect((await client.listResources()).resources.map(({ uri }) => uri)).toContain('assay://counter');
    expect((await client.listResourceTemplates()).resourceTemplates.length).toBeGreaterThan(1);
    expect((await client.readResource({ uri: 'assay://notes' })).contents).toHaveLength(4);
    await expect(client.readResource({ uri: 'assay://nope' })).rejects.toMatchObject({ code: -32602 });
    const prompts = (await client.listPrompts()).prompts.map(({ name }) => name);
    expect(prompts).toContain('introduce_user');
    expect((await client.getPrompt({ name: 'assay_note', arguments: { topic: 'tools' } })).messages).toHaveLength(2);
    const completed = await client.complete({
      ref: { type: 'ref/prompt', name: 'introduce_user' },
      argument: { name: 'tone', value: 'br' },
    });
    expect(completed.completion.values).toEqual(['brief']);
  });

  it('calls tools, with progress, logs, structured content and mirrored parameters', { timeout: 60_000 }, async () => {
    const { client, logs, call } = await connect();
    const progress: number[] = [];
    const reporting = { onprogress: (one: { progress: number }) => void progress.push(one.progress) };
    // This client forgets about progress that arrives together with the answer, so the answer takes its time.
    await client.callTool({ name: 'assay_progress', arguments: { steps: 3, delay_ms: 50 } }, reporting);
    expect(progress).toEqual([1, 2, 3]);
    await call('assay_log');
    expect(logs).toEqual([]);
    await call('assay_log', {}, { 'io.modelcontextprotocol/logLevel': 'alert' });
    expect(logs).toEqual(['alert', 'emergency']);
    const { structuredContent } = await client.callTool({ name: 'assay_structured', arguments: { numbers: [1, 3] } });
    expect(structuredContent).toEqual({ sum: 4, mean: 2, count: 2 });
    expect((await client.callTool({ name: 'assay_content' })).content).toHaveLength(5);
    await client.listTools();
    const args = { region: 'Zürich ', level: -7, urgent: true };
    expect(await call('assay_header', args)).toBe(JSON.stringify(args));
    expect(await call('assay_fail')).toMatch(/^error: /);
    await expect(call('nope')).rejects.toMatchObject({ code: -32602 });
  });

  it('answers what is asked, and the call goes on', { timeout: 60_000 }, async () => {
    const { client, call } = await connect();
    expect(await call('assay_sample')).toBe('The model none said: Hello!');
    expect(await call('assay_roots')).toBe('The roots are: file:///a');
    expect(await call('assay_elicit')).toContain('"name":"Ann"');
    expect(await call('assay_elicit', { mode: 'url' })).toBe('The user was sent to a URL: accept.');
    expect(await call('assay_interview')).toBe('Ann likes red.');
    expect(await call('assay_gate')).toBe('The gate is open.');
    expect((await client.readResource({ uri: 'assay://questions/music' })).contents).toMatchObject([{ text: 'Ann' }]);
    const { messages } = await client.getPrompt({ name: 'assay_interview' });
    expect(messages).toMatchObject([{ content: { text: 'Tell me something about Ann.' } }]);
  });

  it('listens for changes', { timeout: 60_000 }, async () => {
    const { client, heard, call } = await connect();
    const filter = { toolsListChanged: true, resourceSubscriptions: ['assay://counter', 'assay://nope'] };
    const subscription = await client.listen(filter);
    expect(subscription.honoredFilter).toEqual({ ...filter, resourceSubscriptions: ['assay://counter'] });
    await call('assay_change_lists', { list: 'prompts' });
    await call('assay_change_lists', { list: 'tools' });
    await call('assay_update_resource');
    await vi.waitUntil(() => heard.length === 3, 10_000);
    expect(heard).toEqual(['tools', 'tools', 'assay://counter']);
    await subscription.close();
    await call('assay_update_resource');
    expect(heard).toHaveLength(3);
  });

  it('cancels a call, and goes on', { timeout: 60_000 }, async () => {
    const { client, call } = await connect();
    const controller = new AbortController();
    const slow = client.callTool({ name: 'assay_slow', arguments: { ms: 60_000 } }, { signal: controller.signal });
    controller.abort();
    await expect(slow).rejects.toThrow();
    expect(await call('assay_slow', { ms: 0 })).toBe('Waited for 0 ms.');
  });
});

describe('the official client of the second generation', () => {
  it('is told when the server ends a subscription', async () => {
    const { client, driver } = await overHttp('auto', '2026-07-28');
    const subscription = await client.listen({ toolsListChanged: true });
    await driver.server.close();
    expect(await subscription.closed).toBe('graceful');
  });

  it('is told the same over stdio, where it says when to stop', { timeout: 60_000 }, async () => {
    const { client } = await overStdio({ pin: '2026-07-28' });
    const subscription = await client.listen({ toolsListChanged: true });
    await client.close();
    expect(await subscription.closed).not.toBe('graceful');
  });

  it.each(['2025-11-25', '2025-06-18'] as const)(
    'falls back to a handshake where only %s is spoken',
    async (revision) => {
      const { client, call } = await overHttp('auto', revision, { revisions: [revision] });
      expect(client.getNegotiatedProtocolVersion()).toBe(revision);
      expect(await call('assay_sample')).toBe('The model none said: Hello!');
      expect((await client.listTools()).tools).toHaveLength(23);
    },
  );

  it('shakes hands over stdio, if it wants to', { timeout: 60_000 }, async () => {
    const { client, call } = await overStdio('legacy');
    expect(client.getNegotiatedProtocolVersion()).toBe('2025-11-25');
    expect(await call('assay_roots')).toBe('The roots are: file:///a');
  });

  it('works with a server that knows no handshake', async () => {
    const { client } = await overHttp({ pin: '2026-07-28' }, '2026-07-28', { revisions: ['2026-07-28'] });
    expect((await client.listTools()).tools).toHaveLength(23);
  });
});
