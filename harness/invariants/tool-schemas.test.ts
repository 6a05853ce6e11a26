import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../spec/messages.ts';
import { schemaFault } from './schema-validity.ts';
import { opened, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';
import { toolSchemas } from './tool-schemas.ts';

const open = opened({ revision: '2025-11-25', session: 's' });
const listed = (...tools: JsonObject[]): WrittenExchange => ({
  session: 's',
  sent: request(1, 'tools/list'),
  json: result(1, { tools: tools.map((tool) => ({ name: 't', ...tool })) }),
});
const object = { type: 'object' };
const OBJECT = 'tools.input-schema-object #2';
const VALID = 'schema.valid #2';

describe('schemas of tools', () => {
  holdsAgainst(toolSchemas, [
    {
      shows: 'schemas of objects',
      exchanges: [open, listed({ inputSchema: object }, { inputSchema: object, outputSchema: { properties: {} } })],
      says: [`kept ${OBJECT}`, `kept ${VALID}`],
    },
    {
      shows: 'no schema, null, or a boolean',
      exchanges: [open, listed({}, { inputSchema: null }, { inputSchema: true })],
      says: [1, 2, 3].map(() => `broken ${OBJECT}`),
    },
    {
      shows: 'a schema of something else',
      exchanges: [open, listed({ inputSchema: { type: 'string' } }, { inputSchema: {} })],
      says: [`broken ${OBJECT}`, `broken ${OBJECT}`, `kept ${VALID}`],
    },
    {
      shows: 'a schema that is none',
      exchanges: [open, listed({ inputSchema: { ...object, properties: [] } })],
      says: [`kept ${OBJECT}`, `broken ${VALID}`],
    },
    {
      shows: 'an output schema that is none',
      exchanges: [open, listed({ inputSchema: object, outputSchema: { required: 'a' } })],
      says: [`kept ${OBJECT}`, `broken ${VALID}`],
    },
    {
      shows: 'nothing of validity in a dialect that is not known here',
      exchanges: [open, listed({ inputSchema: { ...object, $schema: 'https://example.com/dialect', properties: [] } })],
      says: [`kept ${OBJECT}`],
    },
    { shows: 'silence on an empty list', exchanges: [open, listed()], says: [] },
    { shows: 'silence where no revision was agreed', exchanges: [listed({})], says: [] },
  ]);

  it.each<[string, JsonObject, string | null]>([
    ['2020-12 by default', { prefixItems: [true] }, null],
    ['a list of items in 2020-12', { items: [true] }, 'must be object,boolean'],
    ['a list of items in draft-07', { $schema: 'http://json-schema.org/draft-07/schema#', items: [true] }, null],
    ['a bad type in draft-07', { $schema: 'http://json-schema.org/draft-07/schema#', type: 'text' }, '/type'],
    ['2019-09', { $schema: 'https://json-schema.org/draft/2019-09/schema', minimum: 'a' }, '/minimum'],
    ['null for an optional keyword', { description: null }, '/description'],
    ['$schema that is no string', { $schema: 7 }, '$schema'],
    ['draft-04', { $schema: 'http://json-schema.org/draft-04/schema#', type: 7 }, 'unknown-dialect'],
    ['a reference that leads nowhere', { $ref: '#/$defs/none' }, null],
  ])('judges %s', (_, schema, fault) => {
    if (fault === null) expect(schemaFault(schema)).toBeNull();
    else expect(schemaFault(schema)).toContain(fault);
  });

  it('survives a schema that is too deep', () => {
    let schema: { [member: string]: Json } = {};
    for (let depth = 0; depth < 20_000; depth += 1) schema = { not: schema };
    expect(schemaFault(schema)).toBe('unknown-dialect');
  });
});
