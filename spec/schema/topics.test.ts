/** What the compiler makes of the schemas: each value below is also type-checked, each wrong one must be refused. */

import { describe, expect, it } from 'vitest';
import type { JsonRpcFailure, JsonRpcNotification, JsonRpcRequest } from '../messages.ts';
import type { DefinitionName, TypeOf } from './topics.ts';
import { compileMessageSchemas } from './validators.ts';

describe('the type of a definition', () => {
  it('of 2025-11-25 is the default', () => {
    const tool: TypeOf<'Tool'> = {
      name: 'add',
      title: 'Add',
      inputSchema: { type: 'object', properties: { a: { type: 'number' } } },
      annotations: { readOnlyHint: true },
      execution: { taskSupport: 'optional' },
    };
    expect(compileMessageSchemas('2025-11-25')('Tool')(tool)).toBe(true);
  });

  it('has only what the revision has', () => {
    // @ts-expect-error a tool has a title since 2025-06-18
    const tool: TypeOf<'Tool', '2025-03-26'> = { name: 'add', title: 'Add', inputSchema: { type: 'object' } };
    expect(compileMessageSchemas('2025-03-26')('Tool')(tool)).toBe(true);
  });

  it('asks for what the revision asks for', () => {
    // @ts-expect-error a result says its type since 2026-07-28
    const result: TypeOf<'CallToolResult', '2026-07-28'> = { content: [{ type: 'text', text: '3' }] };
    expect(compileMessageSchemas('2026-07-28')('CallToolResult')(result)).toBe(false);
  });

  it('follows references and tells the members of a union apart', () => {
    const textOf = (block: TypeOf<'ContentBlock'>): string => (block.type === 'text' ? block.text : block.type);
    expect(textOf({ type: 'text', text: 'hello' })).toBe('hello');
    // @ts-expect-error there is no such content
    expect(textOf({ type: 'smell', data: '' })).toBe('smell');
  });

  it('has the envelope in every revision', () => {
    const request: TypeOf<'CallToolRequest', '2024-11-05'> = {
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'add', arguments: { a: 1 }, _meta: { progressToken: 7 } },
    };
    const envelope: TypeOf<'JSONRPCRequest', '2024-11-05'> = request;
    const schemas = compileMessageSchemas('2024-11-05');
    expect([schemas('CallToolRequest')(request), schemas('JSONRPCRequest')(envelope)]).toEqual([true, true]);
  });

  it('is missing where the definition is', () => {
    const name: DefinitionName<'2025-11-25'> = 'Task';
    // @ts-expect-error tasks left the core in 2026-07-28
    const gone: DefinitionName<'2026-07-28'> = 'Task';
    expect(() => compileMessageSchemas('2026-07-28')(gone)).toThrow(
      'revision 2026-07-28 defines no message part "Task"',
    );
    expect(compileMessageSchemas('2025-11-25')(name)).toBeTypeOf('function');
  });

  it('fits the envelopes written by hand', () => {
    const request: TypeOf<'JSONRPCRequest'> = { jsonrpc: '2.0', id: 'a', method: 'ping' };
    const notification: TypeOf<'JSONRPCNotification'> = { jsonrpc: '2.0', method: 'notifications/initialized' };
    const failure: TypeOf<'JSONRPCErrorResponse'> = { jsonrpc: '2.0', error: { code: -32700, message: 'Parse error' } };
    const plain: [Pick<JsonRpcRequest, 'id'>, Pick<JsonRpcNotification, 'method'>, Pick<JsonRpcFailure, 'jsonrpc'>] = [
      request,
      notification,
      failure,
    ];
    const message = compileMessageSchemas('2025-11-25')('JSONRPCMessage');
    expect(plain.map((value) => message(value))).toEqual([true, true, true]);
  });
});
