import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../spec/messages.ts';
import { certainStimuli, findStimuli } from './find-stimuli.ts';
import { tried } from './testing/tried.ts';

const object = { type: 'object' };
const tool = (name: string, more: JsonObject = {}): JsonObject => ({ name, inputSchema: object, ...more });
const harmless = { annotations: { readOnlyHint: true } };

describe('the stimuli of a target', () => {
  it('take a tool by what it shows', () => {
    const tools = [
      tool('writes'),
      tool('plain', harmless),
      tool('typed', { ...harmless, outputSchema: object }),
      tool('task', { ...harmless, execution: { taskSupport: 'optional' } }),
      tool('only', { ...harmless, execution: { taskSupport: 'required' } }),
    ];
    expect(findStimuli({ tools }, 'read-only', {})).toMatchObject({
      tool: { name: 'plain' },
      'structured-tool': { name: 'typed' },
      'task-tool': { name: 'task' },
      'task-only-tool': { name: 'only' },
      'plain-tool': { name: 'plain' },
    });
  });

  it('take a tool that requires nothing by its schema', () => {
    const demanding = { ...object, required: ['id'], properties: { id: { type: 'string' } } };
    const tools = [
      { name: 'get', inputSchema: demanding, ...harmless },
      { name: 'list', inputSchema: { ...object, properties: { limit: { type: 'integer' } } }, ...harmless },
    ];
    expect(findStimuli({ tools }, 'read-only', {})).toMatchObject({
      tool: { name: 'get' },
      'undemanding-tool': { name: 'list', arguments: {} },
    });
    expect(findStimuli({ tools: tools.slice(0, 1) }, 'read-only', {})['undemanding-tool']).toBeUndefined();
  });

  it('take a tool by the arguments that headers repeat', () => {
    const inputSchema = {
      type: 'object',
      properties: {
        place: { type: 'string', 'x-mcp-header': 'Region' },
        level: { type: 'integer', minimum: 3, 'x-mcp-header': 'Level' },
      },
      required: ['place'],
    };
    const found = findStimuli(
      { tools: [tool('plain', harmless), { name: 'far', inputSchema, ...harmless }] },
      'all',
      {},
    );
    expect(found['mirrored-tool']).toMatchObject({ name: 'far', header: 'Mcp-Param-Region' });
    expect(found['mirrored-integer-tool']).toMatchObject({
      arguments: { level: 3 },
      header: 'Mcp-Param-Level',
      decimal: '3.0',
    });
    expect(found['optional-mirrored-tool']).toMatchObject({
      header: 'Mcp-Param-Level',
      absent: { place: expect.any(String) },
      nulled: { level: null },
    });
  });

  it('take a tool by its name, though it does not say that it is harmless', () => {
    const tools = [tool('test_reconnection'), tool('delete_all')];
    expect(findStimuli({ tools }, 'read-only', {})).toEqual({
      'polling-tool': { name: 'test_reconnection', arguments: {} },
    });
  });

  it('take fixtures of the official suite as tools that only read', () => {
    const tools = [tool('delete_all'), tool('test_simple_text')];
    expect(findStimuli({ tools }, 'read-only', {})).toMatchObject({ tool: { name: 'test_simple_text' } });
    expect(findStimuli({ tools }, 'none', {})).toEqual({});
  });

  it('take of the fixtures that ask the one that did so when it was tried', () => {
    const asking = 'test_input_required_result_request_state';
    const tools = [tool('test_elicitation'), tool(asking)];
    const named = findStimuli({ tools }, 'read-only', {})['eliciting-tool'];
    const seen = tried(asking, { asked: ['elicitation/create'] });
    expect(named).toMatchObject({ name: 'test_elicitation' });
    expect(findStimuli({ tools }, 'read-only', {}, [seen])['eliciting-tool']).toMatchObject({ name: asking });
    expect(certainStimuli({ tools }, 'read-only', {})).toEqual({});
  });

  it.each([
    ['none', {}],
    [['delete_all'], {}],
  ] as const)('call nothing that the policy %j leaves out', (policy, found) => {
    const tools = [tool('assay_slow', harmless)];
    expect(findStimuli({ tools }, policy, {})).toEqual(found);
  });

  it('prefer what the target shows to what a name says, and the configuration to both', () => {
    const tools = [tool('assay_structured'), tool('typed', { ...harmless, outputSchema: object })];
    expect(findStimuli({ tools }, 'read-only', {})['structured-tool']).toMatchObject({ name: 'typed' });
    const configured = { 'structured-tool': { name: 'mine' } };
    expect(findStimuli({ tools }, 'read-only', configured)['structured-tool']).toEqual({ name: 'mine' });
  });

  it('take prompts whatever tools may be called', () => {
    const prompts = [
      { name: 'test_prompt_with_image' },
      { name: 'optional', arguments: [{ name: 'a' }] },
      { name: 'demanding', arguments: [{ name: 'a', required: true }] },
    ];
    expect(findStimuli({ prompts }, 'none', {})).toEqual({
      'image-prompt': { name: 'test_prompt_with_image', arguments: {} },
      prompt: prompts[0],
      'prompt-with-argument': prompts[2],
      'completable-prompt': prompts[1],
    });
  });

  it('find nothing in lists that are none', () => {
    expect(findStimuli({ tools: 'many', prompts: [1, null] }, 'all', {})).toEqual({});
  });
});

it('are certain before a target is tried out where a name or the configuration says them, and nothing that tools show', () => {
  const tools = [tool('assay_slow', harmless), tool('assay_structured', harmless)];
  const configured = { tool: { name: 'mine' } };
  const certain = certainStimuli({ tools }, 'read-only', configured);
  expect(certain).toMatchObject({ 'slow-tool': { name: 'assay_slow' }, tool: { name: 'mine' } });
  expect(Object.keys(certain).sort()).toEqual(['slow-task-tool', 'slow-tool', 'tool']);
  expect(findStimuli({ tools }, 'read-only', configured)).toMatchObject(certain);
  expect(certainStimuli({ tools }, 'none', {})).toEqual({});
});
