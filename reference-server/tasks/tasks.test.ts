import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Json, JsonObject } from '../../spec/messages.ts';
import { isObject } from '../envelope/message.ts';
import {
  type Answered,
  call,
  codeIn,
  type Driver,
  drive,
  type HeaderFields,
  initialize,
  messagesIn,
  OpenStream,
  objectIn,
} from '../testing/driver.ts';
import { SchemaJudge } from '../testing/schema-judge.ts';
import { TaskStore } from './store.ts';

const RELATED = 'io.modelcontextprotocol/related-task';

function resultIn(answered: Answered): JsonObject {
  const { result } = objectIn(answered);
  return isObject(result) ? result : {};
}

async function session(driver: Driver): Promise<HeaderFields> {
  const { params, ...rest } = initialize();
  const capabilities = { elicitation: {} };
  const { headers } = await driver.post({ ...rest, params: { ...(params as JsonObject), capabilities } });
  const fields = { 'mcp-session-id': String(headers['mcp-session-id']) };
  await driver.post({ jsonrpc: '2.0', method: 'notifications/initialized' }, fields);
  return fields;
}

describe('tasks of 2025-11-25', () => {
  async function setUp() {
    const judge = new SchemaJudge('2025-11-25');
    onTestFinished(() => expect(judge.problems).toEqual([]));
    const driver = await drive({ seams: judge.seams });
    const fields = await session(driver);
    let id = 0;
    const ask = (method: string, params: JsonObject) => {
      id += 1;
      return driver.post({ jsonrpc: '2.0', id, method, params }, fields);
    };
    const begin = async (name: string, args: JsonObject = {}, task: JsonObject = {}) => {
      const result = resultIn(await ask('tools/call', { name, arguments: args, task }));
      return isObject(result.task) ? result.task : {};
    };
    const state = async (taskId: Json | undefined) =>
      resultIn(await ask('tasks/get', { taskId: taskId ?? null })).status;
    return { driver, fields, ask, begin, state };
  }

  it('are there at once, and give what the call would have given', async () => {
    const { ask, begin, state } = await setUp();
    const task = await begin('assay_slow', { ms: 200 }, { ttl: 60_000 });
    expect(task).toMatchObject({ status: 'working', ttl: 60_000, pollInterval: expect.any(Number) });
    const { taskId = '' } = task;
    expect(await state(taskId)).toBe('working');
    const result = resultIn(await ask('tasks/result', { taskId }));
    expect(result).toEqual({
      content: [{ type: 'text', text: 'Waited for 200 ms.' }],
      _meta: { [RELATED]: { taskId } },
    });
    expect(await state(taskId)).toBe('completed');
    expect(resultIn(await ask('tasks/list', {})).tasks).toMatchObject([{ taskId, status: 'completed' }]);
    expect(codeIn(await ask('tasks/cancel', { taskId }))).toBe(-32602);
  });

  it('fail as the tool fails', async () => {
    const { ask, begin, state } = await setUp();
    const failed = await begin('assay_fail');
    expect(resultIn(await ask('tasks/result', { taskId: failed.taskId ?? '' }))).toMatchObject({ isError: true });
    expect(await state(failed.taskId)).toBe('failed');
    const broken = await begin('assay_fail', { how: 'error' });
    expect(codeIn(await ask('tasks/result', { taskId: broken.taskId ?? '' }))).toBe(-32603);
    expect(await state(broken.taskId)).toBe('failed');
  });

  it('stay cancelled once they are', async () => {
    const { ask, begin, state } = await setUp();
    const { taskId = '' } = await begin('assay_slow', { ms: 60_000 });
    const waiting = ask('tasks/result', { taskId });
    expect(resultIn(await ask('tasks/cancel', { taskId }))).toMatchObject({ status: 'cancelled' });
    expect(codeIn(await waiting)).toBe(-32603);
    expect(await state(taskId)).toBe('cancelled');
  });

  it('ask by way of the request for their result, and report', async () => {
    const { driver, fields, ask, state } = await setUp();
    const listening = new OpenStream(await driver.begin('GET', { accept: 'text/event-stream', ...fields }));
    const meta = { _meta: { progressToken: 't' } };
    const started = resultIn(
      await ask('tools/call', { name: 'assay_task', arguments: { ask: true }, task: {}, ...meta }),
    );
    const { taskId = '' } = isObject(started.task) ? started.task : {};
    await vi.waitUntil(async () => (await state(taskId)) === 'input_required', 10_000);
    const message = { jsonrpc: '2.0', id: 'r', method: 'tasks/result', params: { taskId } };
    const headers = { ...fields, 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
    const result = new OpenStream(await driver.begin('POST', headers, JSON.stringify(message)));
    await result.seen('elicitation/create');
    const [question] = messagesIn(result.text);
    expect(question).toMatchObject({ params: { _meta: { [RELATED]: { taskId } } } });
    const answer = { action: 'accept', content: { word: 'yes' } };
    expect((await driver.post({ jsonrpc: '2.0', id: question?.id ?? null, result: answer }, fields)).status).toBe(202);
    expect(messagesIn(await result.end()).at(-1)).toMatchObject({
      id: 'r',
      result: { _meta: { [RELATED]: { taskId } } },
    });
    await driver.request('DELETE', fields);
    const heard = messagesIn(await listening.end());
    expect(heard).toContainEqual(
      expect.objectContaining({
        method: 'notifications/progress',
        params: expect.objectContaining({ progressToken: 't', _meta: { [RELATED]: { taskId } } }),
      }),
    );
    const statuses = heard.filter(({ method }) => method === 'notifications/tasks/status');
    expect(statuses.map(({ params }) => isObject(params) && params.status)).toEqual([
      'input_required',
      'working',
      'completed',
    ]);
  });

  it('are for tools that can be tasks, and for none that cannot', async () => {
    const { ask } = await setUp();
    expect(codeIn(await ask('tools/call', { name: 'assay_log', task: {} }))).toBe(-32601);
    expect(codeIn(await ask('tools/call', { name: 'assay_task' }))).toBe(-32601);
    expect(codeIn(await ask('tools/call', { name: 'assay_slow', task: { ttl: -1 } }))).toBe(-32602);
    expect(codeIn(await ask('tools/call', { name: 'assay_slow', task: 5 }))).toBe(-32602);
    for (const method of ['tasks/get', 'tasks/result', 'tasks/cancel']) {
      expect(codeIn(await ask(method, { taskId: 'nope' }))).toBe(-32602);
      expect(codeIn(await ask(method, {}))).toBe(-32602);
    }
    expect(codeIn(await ask('tasks/list', { cursor: 'nope' }))).toBe(-32602);
  });

  it('are nobody else’s', async () => {
    const { driver, begin } = await setUp();
    const { taskId = '' } = await begin('assay_slow', { ms: 60_000 });
    const other = await session(driver);
    const get = await driver.post({ jsonrpc: '2.0', id: 1, method: 'tasks/get', params: { taskId } }, other);
    expect(codeIn(get)).toBe(-32602);
    const list = await driver.post({ jsonrpc: '2.0', id: 2, method: 'tasks/list' }, other);
    expect(resultIn(list).tasks).toEqual([]);
  });

  it('are unknown to older revisions, which run the tool as ever', async () => {
    const driver = await drive();
    const fields = await driver.openSession('2025-06-18');
    const called = await driver.post(call(1, 'assay_task', { ms: 0 }, { task: {} }), fields);
    expect(resultIn(called)).toMatchObject({ content: [{ text: 'The task is done.' }] });
    expect(codeIn(await driver.post({ jsonrpc: '2.0', id: 2, method: 'tasks/list' }, fields))).toBe(-32601);
  });
});

describe('a store of tasks', () => {
  const forever = () => new Promise<never>(() => {});

  it('forgets tasks when their time is up', () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const store = new TaskStore();
    const task = store.start(1000, forever);
    vi.advanceTimersByTime(999);
    expect(store.get(task.id)).toBe(task);
    vi.advanceTimersByTime(1);
    expect(store.get(task.id)).toBeUndefined();
    expect([task.status, task.signal.aborted]).toEqual(['failed', true]);
  });

  it('has bounds for their number and their time', () => {
    const store = new TaskStore(2);
    onTestFinished(() => store.clear());
    const first = store.start(Number.MAX_SAFE_INTEGER, forever);
    expect(first.ttlMs).toBe(60 * 60_000);
    store.start(undefined, forever);
    expect(() => store.start(undefined, forever)).toThrow(/2 tasks/);
    store.cancel(first);
    store.start(undefined, forever);
    expect(store.get(first.id)).toBeUndefined();
  });

  it('never uses a name for two questions', async () => {
    const store = new TaskStore();
    onTestFinished(() => store.clear());
    const task = store.start(undefined, forever);
    const question = { method: 'roots/list' as const, params: {} };
    const seen: string[] = [];
    for (let round = 0; round < 3; round += 1) {
      const asked = store.ask(task, 'same', question);
      const [[key, input] = []] = task.inputs;
      seen.push(key ?? '');
      expect(task.status).toBe('input_required');
      input?.answer({ roots: [] });
      expect(await asked).toEqual({ roots: [] });
      expect(task.status).toBe('working');
    }
    expect(new Set(seen).size).toBe(3);
  });
});
