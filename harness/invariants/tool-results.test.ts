import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../spec/messages.ts';
import { misfit } from './schema-instances.ts';
import { opened, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';
import { toolResults } from './tool-results.ts';

const open = opened({ revision: '2025-11-25', session: 's' });
const outputSchema = { type: 'object', required: ['sum'], properties: { sum: { type: 'number' } } };
const listed: WrittenExchange = {
  session: 's',
  sent: request(1, 'tools/list'),
  json: result(1, { tools: [{ name: 'add', inputSchema: {}, outputSchema }] }),
};
const called = (value: JsonObject, name = 'add'): WrittenExchange => ({
  session: 's',
  sent: request(2, 'tools/call', { name, arguments: {} }),
  json: result(2, value),
});
const text = (said: string) => ({ content: [{ type: 'text', text: said }] });
const resource = { type: 'resource', resource: { uri: 'a:b', text: '' } };
const CONFORMS = 'tools.output-conforms #3';
const FALLBACK = 'tools.structured-text-fallback #3';

describe('results of tools', () => {
  holdsAgainst(toolResults, [
    {
      shows: 'structured content that fits and stands in the text, members in another order',
      exchanges: [open, listed, called({ ...text('{"b": 2, "sum": 1}'), structuredContent: { sum: 1, b: 2 } })],
      says: [`kept ${CONFORMS}`, `kept ${FALLBACK}`],
    },
    {
      shows: 'structured content that does not fit',
      exchanges: [open, listed, called({ ...text('{"sum":"1"}'), structuredContent: { sum: '1' } })],
      says: [`broken ${CONFORMS}`, `kept ${FALLBACK}`],
    },
    {
      shows: 'no structured content from a tool with an output schema',
      exchanges: [open, listed, called(text('1'))],
      says: [`broken ${CONFORMS}`],
    },
    {
      shows: 'structured content that no text repeats',
      exchanges: [open, listed, called({ ...text('It is one.'), structuredContent: { sum: 1 } })],
      says: [`kept ${CONFORMS}`, `broken ${FALLBACK}`],
    },
    {
      shows: 'silence on an error, and on a task',
      exchanges: [open, listed, called({ ...text('No.'), isError: true }), called({ task: { taskId: 't' } })],
      says: [],
    },
    {
      shows: 'silence on a tool without an output schema',
      exchanges: [open, listed, called(text('1'), 'b')],
      says: [],
    },
    {
      shows: 'a resource that comes along where none are declared',
      exchanges: [open, listed, called({ content: [resource] }, 'b')],
      says: ['broken tools.embedded-needs-resources #3', 'kept tools.embedded #3'],
    },
    {
      shows: 'a resource that comes along, and a link',
      exchanges: [
        opened({ revision: '2025-11-25', session: 's', offers: { resources: {} } }),
        listed,
        called({ content: [resource, { type: 'resource_link', uri: 'a:b', name: 'b' }] }, 'b'),
      ],
      says: ['kept tools.embedded-needs-resources #3', 'kept tools.embedded #3', 'kept tools.resource-links #3'],
    },
  ]);

  const asked = (id: number, method: string, params: JsonObject): JsonObject =>
    request(id, method, { ...params, _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' } });
  const list = { type: 'array', items: { type: 'integer' } };
  const listedNow: WrittenExchange = {
    sent: asked(1, 'tools/list', {}),
    json: result(1, { resultType: 'complete', tools: [{ name: 'add', inputSchema: {}, outputSchema: list }] }),
  };
  const calledNow = (value: JsonObject): WrittenExchange => ({
    sent: asked(2, 'tools/call', { name: 'add', arguments: {} }),
    json: result(2, { resultType: 'complete', ...value }),
  });
  holdsAgainst(
    toolResults,
    (
      [
        {
          shows: 'a list where the schema wants one',
          exchanges: [listedNow, calledNow({ ...text('[1]'), structuredContent: [1] })],
          says: ['kept tools.output-conforms #2', 'kept tools.structured-text-fallback #2'],
        },
        {
          shows: 'a text where the schema wants a list',
          exchanges: [listedNow, calledNow({ ...text('[1]'), structuredContent: '[1]' })],
          says: ['broken tools.output-conforms #2', 'broken tools.structured-text-fallback #2'],
        },
        {
          shows: 'silence on a question',
          exchanges: [listedNow, calledNow({ resultType: 'input_required', requestState: 's' })],
          says: [],
        },
      ] as const
    ).map((row) => ({ ...row, revision: '2026-07-28' as const })),
  );

  it.each<[string, JsonObject, string | null]>([
    ['a value that fits', { type: 'integer' }, null],
    ['a value that does not', { type: 'string' }, 'it must be string'],
    ['a format, which binds nobody', { type: 'integer', format: 'date' }, null],
    ['draft-07', { $schema: 'http://json-schema.org/draft-07/schema#', type: 'null' }, 'it must be null'],
    ['2019-09', { $schema: 'https://json-schema.org/draft/2019-09/schema', type: 'null' }, 'it must be null'],
    ['an unknown dialect', { $schema: 'https://example.com/dialect' }, 'unknown'],
    ['a reference that leads nowhere', { $ref: '#/$defs/none' }, 'unknown'],
  ])('judges %s', (_, schema, wrong) => {
    expect(misfit(schema, 1)).toBe(wrong);
  });
});
