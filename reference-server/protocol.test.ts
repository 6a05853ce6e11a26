import { describe, expect, it } from 'vitest';
import type { Handler, ServerMessage } from './dispatch/context.ts';
import { ErrorCode, ProtocolError } from './envelope/error.ts';
import type { LogEntry } from './log.ts';
import { createProtocol } from './protocol.ts';
import { createSession } from './sessions/session.ts';
import { correctSteps } from './steps.ts';

function setUp(handlers: Record<string, Handler>) {
  const logged: LogEntry[] = [];
  const sent: ServerMessage[] = [];
  const session = createSession('secret', 's1', '2025-11-25', { name: 'x', version: '1', capabilities: {} }, 0);
  const protocol = createProtocol({
    features: [{ capabilities: () => ({ test: { deep: true } }), methods: () => handlers }],
    askTimeoutMs: 1000,
    revisions: ['2025-11-25', '2025-06-18'],
    steps: correctSteps,
    log: (entry) => logged.push(entry),
  });
  const outlet = { canSend: true, send: (message: ServerMessage) => sent.push(message) };
  const serve = (method: string, params = {}) =>
    protocol.serve({ jsonrpc: '2.0', id: 1, method, params }, session, outlet);
  const cancel = () =>
    protocol.notice({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } }, session);
  return { protocol, session, serve, cancel, sent, logged };
}

describe('initialize', () => {
  const client = { capabilities: { roots: {} }, clientInfo: { name: 'x', version: '1' } };
  const { protocol } = setUp({});

  it.each([
    ['2025-06-18', '2025-06-18'],
    ['2025-11-25', '2025-11-25'],
    ['2025-03-26', '2025-11-25'],
    ['2024-11-05', '2025-11-25'],
    ['2099-01-01', '2025-11-25'],
    ['', '2025-11-25'],
    ['toString', '2025-11-25'],
  ])('asked for %j agrees on %s', (protocolVersion, revision) => {
    const params = { protocolVersion, ...client };
    const initialized = protocol.initialize({ jsonrpc: '2.0', id: 'a', method: 'initialize', params });
    expect(initialized).toMatchObject({
      kind: 'accepted',
      revision,
      client: { name: 'x', version: '1', capabilities: { roots: {} } },
      response: { id: 'a', result: { protocolVersion: revision, capabilities: { test: { deep: true } } } },
    });
  });

  it('names all that is wrong with its params', () => {
    const params = { capabilities: { roots: true }, clientInfo: { name: 1 } };
    const initialized = protocol.initialize({ jsonrpc: '2.0', id: 1, method: 'initialize', params });
    expect(initialized).toMatchObject({ kind: 'rejected', response: { id: 1, error: { code: -32602 } } });
    const message = 'error' in initialized.response ? initialized.response.error.message : '';
    for (const name of ['protocolVersion', 'capabilities.roots', 'clientInfo.name', 'clientInfo.version']) {
      expect(message).toContain(`"${name}"`);
    }
  });
});

describe('a request', () => {
  it('gets the result of its handler, which has the params and the client', async () => {
    const { serve } = setUp({ echo: (params, { revision, client }) => ({ params, revision, name: client.name }) });
    expect(await serve('echo', { a: 1 })).toEqual({
      jsonrpc: '2.0',
      id: 1,
      result: { params: { a: 1 }, revision: '2025-11-25', name: 'x' },
    });
  });

  it('gets the error that its handler throws', async () => {
    const { serve } = setUp({
      bad: () => {
        throw new ProtocolError(ErrorCode.invalidParams, 'No.', { why: 1 });
      },
    });
    expect(await serve('bad')).toEqual({
      jsonrpc: '2.0',
      id: 1,
      error: { code: -32602, message: 'No.', data: { why: 1 } },
    });
  });

  it('learns nothing of the inside when its handler fails', async () => {
    const { serve, logged } = setUp({ crash: () => Promise.reject(new Error('canary /etc/passwd')) });
    const response = await serve('crash');
    expect(response).toMatchObject({ id: 1, error: { code: -32603 } });
    expect(JSON.stringify(response)).not.toContain('canary');
    expect(logged).toContainEqual({
      session: 's1',
      event: 'handler-failed',
      method: 'crash',
      error: 'Error: canary /etc/passwd',
    });
  });

  it('that is cancelled gets no response, even if its handler does not heed the signal', async () => {
    const { serve, cancel } = setUp({ deaf: () => new Promise(() => {}) });
    const response = serve('deaf');
    cancel();
    expect(await response).toBeUndefined();
  });

  it('that is cancelled gets no response, whatever its handler makes of it', async () => {
    const onAbort = (signal: AbortSignal, then: () => void) => signal.addEventListener('abort', then);
    const { serve, cancel, logged } = setUp({
      rejects: (_params, { signal }) =>
        new Promise((_resolve, reject) => onAbort(signal, () => reject(new Error('aborted')))),
      resolves: (_params, { signal }) => new Promise((resolve) => onAbort(signal, () => resolve({}))),
    });
    for (const method of ['rejects', 'resolves']) {
      const response = serve(method);
      cancel();
      expect(await response).toBeUndefined();
    }
    expect(logged).not.toContainEqual(expect.objectContaining({ event: 'handler-failed' }));
  });

  it('sends no progress after its response', async () => {
    let late = () => {};
    const { serve, sent } = setUp({
      early: (_params, { progress }) => {
        progress(1);
        late = () => progress(2);
        return {};
      },
    });
    await serve('early', { _meta: { progressToken: 't' } });
    late();
    expect(sent).toHaveLength(1);
  });
});

it('ignores notifications it does not know', () => {
  const { protocol, session } = setUp({});
  expect(() => protocol.notice({ jsonrpc: '2.0', method: 'ping' }, session)).not.toThrow();
  expect(session.initialized).toBe(false);
  protocol.notice({ jsonrpc: '2.0', method: 'notifications/initialized' }, session);
  expect(session.initialized).toBe(true);
});
