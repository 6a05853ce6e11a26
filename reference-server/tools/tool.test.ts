import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../spec/messages.ts';
import { allTools } from './registry.ts';
import { checkArguments, describeTool, type Tool } from './tool.ts';
import { createUserService } from './users/service.ts';

const tools = allTools(createUserService('http://127.0.0.1:9', 1000));

function toolNamed(name: string): Tool {
  const tool = tools.find((one) => one.name === name);
  if (tool === undefined) throw new Error(`no tool ${name}`);
  return tool;
}

it('has the user tools and the stimuli, in this order', () => {
  expect(tools.map(({ name }) => name)).toEqual([
    'get_user_by_id',
    'search_users',
    'add_user',
    'update_user',
    'delete_user',
    'assay_progress',
    'assay_slow',
    'assay_fail',
    'assay_log',
    'assay_content',
    'assay_structured',
    'assay_update_resource',
    'assay_change_lists',
    'assay_poll',
    'assay_header',
    'assay_sample',
    'assay_sample_with_tools',
    'assay_elicit',
    'assay_interview',
    'assay_redeem',
    'assay_roots',
    'assay_gate',
    'assay_task',
  ]);
});

describe.each(tools)('$name', (tool) => {
  it('has a proper name and says what it is for', () => {
    expect(tool.name).toMatch(/^[A-Za-z0-9_.-]{1,128}$/);
    expect(tool.title).not.toBe('');
    expect(tool.description.length).toBeGreaterThan(20);
  });

  it('has a schema that is valid in both dialects and describes every argument', () => {
    for (const ajv of [new Ajv2020({ strict: true }), new Ajv({ strict: true })]) {
      formats.default(ajv);
      // the older dialect passes over what it does not know
      ajv.addVocabulary(['x-mcp-header', ...(ajv.getKeyword('prefixItems') ? [] : ['prefixItems'])]);
      expect(() => ajv.compile(tool.inputSchema)).not.toThrow();
    }
    expect(tool.inputSchema).toMatchObject({ type: 'object', additionalProperties: false });
    for (const property of Object.values(tool.inputSchema.properties as JsonObject)) {
      expect(property).toHaveProperty('description', expect.stringMatching(/\.$/));
    }
  });

  it('is described with what each revision knows', () => {
    const { name, title, description, inputSchema, hints, outputSchema, tasks } = tool;
    const plain = JSON.parse(JSON.stringify(inputSchema, (key, value) => (key === 'x-mcp-header' ? undefined : value)));
    const output = outputSchema === undefined ? {} : { outputSchema };
    const execution = tasks === undefined ? {} : { execution: { taskSupport: tasks } };
    const rest = { name, title, description, ...output, annotations: hints };
    expect(describeTool(tool, '2024-11-05')).toEqual({ name, description, inputSchema: plain });
    expect(describeTool(tool, '2025-03-26')).toEqual({
      name,
      description,
      inputSchema: plain,
      annotations: { title, ...hints },
    });
    expect(describeTool(tool, '2025-06-18')).toEqual({ ...rest, inputSchema: plain });
    expect(describeTool(tool, '2025-11-25')).toEqual({ ...rest, inputSchema: plain, ...execution });
    expect(describeTool(tool, '2026-07-28')).toEqual({ ...rest, inputSchema });
  });

  it('takes no argument that it does not know', () => {
    const polluting = JSON.parse('{"__proto__":{"admin":true},"constructor":{}}');
    const problems = checkArguments(tool, polluting).join(' ');
    expect(problems).toContain('"__proto__"');
    expect(problems).toContain('"constructor"');
  });
});

it('marks all tools but four as only reading', () => {
  expect(tools.filter(({ hints }) => !hints.readOnlyHint).map(({ name }) => name)).toEqual([
    'add_user',
    'update_user',
    'delete_user',
    'assay_update_resource',
  ]);
});

describe('arguments', () => {
  const user = { name: 'A', surname: 'B', email: 'a@b.example', about_me: 'c' };

  it.each<[tool: string, args: JsonObject]>([
    ['get_user_by_id', { id: 1 }],
    ['search_users', {}],
    ['search_users', { name: 'a', surname: 'b', email: '@', gender: 'x' }],
    ['add_user', user],
    ['add_user', { ...user, credit_card: { num: '4111 1111 1111 1111', cvv: '123', exp_date: '01/2030' } }],
    ['update_user', { id: 1, phone: '1' }],
    ['delete_user', { id: 0 }],
    ['assay_progress', {}],
    ['assay_slow', { ms: 0 }],
  ])('of %s may be %j', (name, args) => {
    expect(checkArguments(toolNamed(name), args)).toEqual([]);
  });

  it.each<[tool: string, args: JsonObject, named: string[]]>([
    ['get_user_by_id', {}, ['"id"']],
    ['get_user_by_id', { id: '1' }, ['"id"']],
    ['get_user_by_id', { id: 1.5 }, ['"id"']],
    ['get_user_by_id', { id: 1, extra: 1 }, ['"extra"']],
    ['search_users', { name: '', email: 5 }, ['"name"', '"email"']],
    ['add_user', { name: 'A', email: 'x' }, ['"surname"', '"about_me"', '"email"']],
    ['add_user', { ...user, date_of_birth: '2000-02-30' }, ['"date_of_birth"']],
    ['add_user', { ...user, address: { town: 'x' } }, ['"address"', '"town"', '"address.city"']],
    ['add_user', { ...user, credit_card: { num: '1', cvv: 'abc' } }, ['"credit_card.num"', '"credit_card.cvv"']],
    ['update_user', { id: 1 }, ['"arguments"']],
    ['assay_progress', { steps: 101 }, ['"steps"']],
    ['assay_slow', { ms: -1 }, ['"ms"']],
  ])('of %s cannot be %j', (name, args, named) => {
    const problems = checkArguments(toolNamed(name), args).join(' ');
    for (const one of named) expect(problems).toContain(one);
  });

  it('are not complained of without end', () => {
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`x${i}`, 1]));
    expect(checkArguments(toolNamed('assay_slow'), many).join(' ')).toMatch(/And 980 more\.$/);
  });
});
