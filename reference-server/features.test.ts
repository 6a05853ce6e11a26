import { PassThrough } from 'node:stream';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ReadBuffer, serializeMessage } from '@modelcontextprotocol/sdk/shared/stdio.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  CallToolResultSchema,
  CreateMessageRequestSchema,
  ElicitationCompleteNotificationSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  LoggingMessageNotificationSchema,
  PromptListChangedNotificationSchema,
  ResourceListChangedNotificationSchema,
  ResourceUpdatedNotificationSchema,
  ToolListChangedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Revision } from '../spec/revisions.ts';
import { type ReferenceServerOptions, startReferenceServerOnStdio } from './index.ts';
import { drive, nowhere } from './testing/driver.ts';
import { SchemaJudge } from './testing/schema-judge.ts';

/** The official client's end of a pair of streams that a server reads and writes. */
function streamTransport(options: ReferenceServerOptions): Transport {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const server = startReferenceServerOnStdio(options, { input, output });
  const buffer = new ReadBuffer();
  const transport: Transport = {
    async start() {
      output.on('data', (chunk: Buffer) => {
        buffer.append(chunk);
        for (let message = buffer.readMessage(); message !== null; message = buffer.readMessage()) {
          transport.onmessage?.(message);
        }
      });
    },
    async send(message) {
      input.write(serializeMessage(message));
    },
    async close() {
      input.end();
      await server.done;
      transport.onclose?.();
    },
  };
  return transport;
}

const ways = [
  { way: 'http', revision: '2025-03-26' },
  { way: 'http', revision: '2025-06-18' },
  { way: 'http', revision: '2025-11-25' },
  { way: 'sse', revision: '2024-11-05' },
  { way: 'stdio', revision: '2024-11-05' },
  { way: 'stdio', revision: '2025-03-26' },
  { way: 'stdio', revision: '2025-11-25' },
] as const satisfies { way: string; revision: Revision }[];

/** Connects the official client of the first generation; every message the server sends is judged in the end. */
async function connect(way: 'http' | 'sse' | 'stdio', revision: Revision) {
  const judge = new SchemaJudge(revision);
  const options = { revisions: [revision], seams: judge.seams, log: () => {} };
  const client = new Client(
    { name: 'official', version: '1' },
    { capabilities: { sampling: {}, elicitation: { form: {}, url: {} }, roots: {} } },
  );
  const heard: string[] = [];
  const logs: string[] = [];
  client.setNotificationHandler(ToolListChangedNotificationSchema, () => void heard.push('tools'));
  client.setNotificationHandler(PromptListChangedNotificationSchema, () => void heard.push('prompts'));
  client.setNotificationHandler(ResourceListChangedNotificationSchema, () => void heard.push('resources'));
  client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => void heard.push(params.uri));
  client.setNotificationHandler(ElicitationCompleteNotificationSchema, () => void heard.push('complete'));
  client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params }) => void logs.push(params.level));
  client.setRequestHandler(CreateMessageRequestSchema, () => ({
    role: 'assistant' as const,
    content: { type: 'text' as const, text: 'Hello!' },
    model: 'none',
  }));
  client.setRequestHandler(ListRootsRequestSchema, () => ({ roots: [{ uri: 'file:///a' }] }));
  client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
    if (params.mode === 'url') return { action: 'accept' as const };
    const fields = Object.keys(params.requestedSchema.properties);
    const content = Object.fromEntries(
      fields
        .filter((field) => ['name', 'text', 'color', 'subject', 'word'].includes(field))
        .map((field) => [field, field === 'color' ? 'red' : 'Ann']),
    );
    return { action: 'accept' as const, content };
  });
  await client.connect(await transportFor(way, options));
  onTestFinished(async () => {
    await client.close();
    expect(judge.problems).toEqual([]);
    expect(judge.judged.size).toBeGreaterThan(0);
  });
  const call = async (name: string, args: Record<string, unknown> = {}) => {
    const { content, isError } = await client.callTool({ name, arguments: args });
    const texts = (content as { text?: string }[]).map(({ text = '' }) => text).join('');
    return isError === true ? `error: ${texts}` : texts;
  };
  return { client, heard, logs, call };
}

async function transportFor(
  way: 'http' | 'sse' | 'stdio',
  options: Partial<ReferenceServerOptions>,
): Promise<Transport> {
  if (way === 'stdio') return streamTransport({ userServiceUrl: nowhere, ...options });
  const { server } = await drive(options);
  if (way === 'http') return new StreamableHTTPClientTransport(new URL(server.url));
  return new SSEClientTransport(new URL(server.sseUrl ?? ''));
}

describe.each(ways)('the official client over $way, with $revision,', ({ way, revision }) => {
  it('reads resources and hears of their updates', async () => {
    const { client, heard, call } = await connect(way, revision);
    const { resources } = await client.listResources();
    expect(resources.map(({ uri }) => uri)).toContain('assay://counter');
    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toContain('assay://notes/{topic}');
    expect((await client.readResource({ uri: 'assay://notes/tools' })).contents).toHaveLength(1);
    expect((await client.readResource({ uri: 'assay://notes' })).contents).toHaveLength(4);
    expect((await client.readResource({ uri: 'assay://pixel' })).contents).toMatchObject([{ mimeType: 'image/png' }]);
    await expect(client.readResource({ uri: 'assay://nope' })).rejects.toMatchObject({ code: -32002 });

    await client.subscribeResource({ uri: 'assay://counter' });
    await call('assay_update_resource', { times: 2 });
    await vi.waitUntil(() => heard.length >= 2, 10_000);
    await client.unsubscribeResource({ uri: 'assay://counter' });
    await call('assay_update_resource');
    expect((await client.readResource({ uri: 'assay://counter' })).contents).toMatchObject([{ text: '3' }]);
    await client.ping();
    expect(heard).toEqual(['assay://counter', 'assay://counter']);
  });

  it('gets prompts and completions', async () => {
    const { client } = await connect(way, revision);
    const { prompts } = await client.listPrompts();
    expect(prompts.map(({ name }) => name)).toContain('introduce_user');
    const got = await client.getPrompt({ name: 'introduce_user', arguments: { id: '7' } });
    expect(got.messages).toMatchObject([{ role: 'user', content: { text: expect.stringContaining('number 7') } }]);
    expect((await client.getPrompt({ name: 'assay_note', arguments: { topic: 'tools' } })).messages).toHaveLength(2);
    expect((await client.getPrompt({ name: 'assay_picture' })).messages).toHaveLength(3);
    if (revision === '2024-11-05') return;
    const complete = (ref: Parameters<typeof client.complete>[0]['ref'], name: string, value: string, given = {}) =>
      client.complete({ ref, argument: { name, value }, context: { arguments: given } });
    const prompt = { type: 'ref/prompt' as const, name: 'introduce_user' };
    expect((await complete(prompt, 'tone', 'f')).completion.values).toEqual(['formal', 'friendly', 'funny', 'brief']);
    expect((await complete(prompt, 'language', '', { tone: 'funny' })).completion.values).toEqual(['English']);
    expect((await complete(prompt, 'id', '')).completion).toEqual({ values: [], total: 0, hasMore: false });
    const template = { type: 'ref/resource' as const, uri: 'assay://notes/{topic}' };
    expect((await complete(template, 'topic', 'pro')).completion.values).toEqual(['progress', 'prompts']);
  });

  it('gets content of every type, structured content and log messages of the level it wants', async () => {
    const { client, logs, call } = await connect(way, revision);
    const { content } = await client.callTool({ name: 'assay_content' });
    expect(content).toHaveLength(5);
    const { structuredContent } = await client.callTool({ name: 'assay_structured', arguments: { numbers: [1, 3] } });
    const none = revision < '2025-06-18';
    expect(structuredContent).toEqual(none ? undefined : { sum: 4, mean: 2, count: 2 });
    await call('assay_log');
    expect(logs.splice(0)).toEqual(['info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency']);
    await client.setLoggingLevel('alert');
    await call('assay_log');
    expect(logs.splice(0)).toEqual(['alert', 'emergency']);
    expect(await call('assay_fail')).toMatch(/^error: /);
    await expect(call('assay_fail', { how: 'error' })).rejects.toMatchObject({ code: -32603 });
    await expect(call('assay_fail', { how: 'crash' })).rejects.toMatchObject({ code: -32603 });
  });

  it('answers what the server asks', async () => {
    const { client, heard, call } = await connect(way, revision);
    expect(await call('assay_sample')).toBe('The model none said: Hello!');
    expect(await call('assay_roots')).toBe('The roots are: file:///a');
    if (revision < '2025-06-18') {
      expect(await call('assay_elicit')).toMatch(/^error: .*cannot be asked/);
      return;
    }
    expect(await call('assay_elicit')).toBe(`The user's action: accept. What they gave: {"name":"Ann","color":"red"}.`);
    expect(await call('assay_interview')).toBe('Ann likes red.');
    const asked = await client.readResource({ uri: 'assay://questions/music' });
    expect(asked.contents).toMatchObject([{ text: 'Ann' }]);
    expect((await client.getPrompt({ name: 'assay_interview' })).messages).toHaveLength(1);
    if (revision < '2025-11-25') {
      expect(await call('assay_elicit', { mode: 'url' })).toMatch(/^error: /);
      return;
    }
    expect(await call('assay_elicit', { mode: 'url' })).toBe('The user was sent to a URL: accept.');
    await vi.waitUntil(() => heard.includes('complete'), 10_000);
    await expect(call('assay_gate')).rejects.toMatchObject({ code: -32042 });
    await vi.waitUntil(() => heard.filter((one) => one === 'complete').length === 2, 10_000);
    expect(await call('assay_gate')).toBe('The gate is open.');
  });

  it('hears of lists that change', async () => {
    const { client, heard, call } = await connect(way, revision);
    for (const list of ['tools', 'prompts', 'resources']) await call('assay_change_lists', { list });
    await vi.waitUntil(() => heard.length === 6, 10_000);
    expect(heard).toEqual(['tools', 'tools', 'prompts', 'prompts', 'resources', 'resources']);
    const changing = call('assay_change_lists', { ms: 1000 });
    await vi.waitUntil(() => heard.length === 7, 10_000);
    expect((await client.listTools()).tools.at(-1)?.name).toBe('assay_extra_tool');
    expect(await call('assay_extra_tool')).toBe('Here for a moment.');
    await changing;
    expect((await client.listTools()).tools.at(-1)?.name).not.toBe('assay_extra_tool');
    await expect(call('assay_extra_tool')).rejects.toMatchObject({ code: -32602 });
  });
});

describe.each(['http', 'stdio'] as const)('the official client over %s', (way) => {
  it('has calls run as tasks, and answers what they ask', async () => {
    const { client } = await connect(way, '2025-11-25');
    await client.listTools();
    const seen: string[] = [];
    const call = { name: 'assay_task', arguments: { ms: 50, ask: true } };
    for await (const message of client.experimental.tasks.callToolStream(call, CallToolResultSchema, {
      task: { ttl: 60_000 },
    })) {
      seen.push(message.type);
      if (message.type === 'result') expect(message.result.content).toMatchObject([{ type: 'text' }]);
    }
    expect(seen[0]).toBe('taskCreated');
    expect(seen.at(-1)).toBe('result');
    const { tasks } = await client.experimental.tasks.listTasks();
    expect(tasks).toMatchObject([{ status: 'completed' }]);
    await expect(client.experimental.tasks.cancelTask(tasks[0]?.taskId ?? '')).rejects.toMatchObject({ code: -32602 });
  });
});
