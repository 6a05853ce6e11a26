import { afterEach, describe, expect, it } from 'vitest';
import { mcpScript, sendEvents, sendJson } from '../../fixtures/scripted/mcp-script.ts';
import { startScripted } from '../../fixtures/scripted/scripted-server.ts';
import type { Json, JsonObject } from '../../spec/messages.ts';
import type { CallPolicy } from '../stimuli/find-stimuli.ts';
import { limitsFor } from '../target/limits.ts';
import { isObject } from '../wire/json-rpc.ts';
import { trySessions } from './try-sessions.ts';

const leftOver: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const release of leftOver.splice(0).reverse()) await release();
});

const harmless = { annotations: { readOnlyHint: true } };
const idOf = (name: string): JsonObject => ({
  type: 'object',
  properties: { [name]: { type: 'string' } },
  required: [name],
});
const TOOLS: JsonObject[] = [
  { name: 'get_order', inputSchema: idOf('order_id'), ...harmless },
  { name: 'list_orders', inputSchema: { type: 'object' }, ...harmless },
  { name: 'create_order', inputSchema: { type: 'object' } },
  { name: 'assay_slow', inputSchema: { type: 'object' }, ...harmless },
];

/** A result of a tool of the order desk, and what it says on the way. */
function called({ name, arguments: given, _meta }: JsonObject): { said: Json[]; result: Json } {
  const text = (value: Json) => ({ content: [{ type: 'text', text: JSON.stringify(value) }] });
  if (name === 'list_orders') {
    const progressToken = isObject(_meta) ? (_meta.progressToken ?? null) : null;
    const progress = { jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken, progress: 1 } };
    return { said: [progress], result: text([{ id: 'A-1' }]) };
  }
  const known = isObject(given) && given.order_id === 'A-1';
  return { said: [], result: known ? text('open') : { ...text('no such order'), isError: true } };
}

/** Rehearses with a small order desk; gives what came of it and what was asked. */
async function usedAs(policy: CallPolicy, capabilities: JsonObject = { tools: {} }) {
  const server = await startScripted(
    mcpScript(
      ({ message: { id = null, method, params } }, response) => {
        const answer = (result: Json) => sendJson(response, { jsonrpc: '2.0', id, result });
        if (method === 'tools/list') return answer({ tools: TOOLS });
        if (method === 'resources/list') return answer({ resources: [{ uri: 'a://1', name: 'one' }] });
        if (method !== 'tools/call' || !isObject(params)) return false;
        const { said, result } = called(params);
        sendEvents(response, ...said, { jsonrpc: '2.0', id, result });
        response.end();
        return true;
      },
      { capabilities },
    ),
  );
  leftOver.push(server.close);
  const setting = {
    target: { url: server.url, credentials: [] },
    revision: '2025-11-25',
    limits: limitsFor(30_000),
    variables: { server: { capabilities }, tools: TOOLS },
  } as const;
  const found = await trySessions(setting, policy, 4);
  await found.over;
  const methods = server.asked.map(({ message }) => message.method);
  return { ...found, methods, calls: server.asked.filter(({ message }) => message.method === 'tools/call') };
}

describe('a try-out', () => {
  it('calls the tools that may be called and tells what they showed', async () => {
    const { tried } = await usedAs('read-only');
    expect(tried).toMatchObject([
      { name: 'get_order', answer: 'failure', progress: 0 },
      { name: 'list_orders', answer: 'result', progress: 1, content: ['text'] },
      { name: 'get_order', arguments: { order_id: 'A-1' }, answer: 'result' },
    ]);
  });

  it.each([
    ['none', []],
    [['list_orders'], ['list_orders']],
  ] as const)('calls no tool that the policy %j leaves out', async (policy, names) => {
    const { calls } = await usedAs(policy);
    expect(calls.map(({ message }) => (isObject(message.params) ? message.params.name : null))).toEqual(names);
  });

  it('uses what a server declares, and nothing else', async () => {
    const { methods, trace } = await usedAs('none', { resources: { subscribe: true } });
    expect(methods).toEqual(expect.arrayContaining(['resources/list', 'resources/read', 'resources/subscribe']));
    expect(methods).not.toContain('prompts/list');
    expect(trace.header.case).toBe('try-out');
  });

  it('sends nothing to a server that declares nothing', async () => {
    const { methods, trace } = await usedAs('all', {});
    expect([methods, trace.events]).toEqual([[], []]);
  });
});
