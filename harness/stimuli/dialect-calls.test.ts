import { expect, it } from 'vitest';
import type { JsonObject } from '../../spec/messages.ts';
import { modernCall } from './dialect-calls.ts';

const tool = (schema: JsonObject) => ({
  name: 'one',
  inputSchema: { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'], ...schema },
});
const pair = { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }] };

it.each<[string, JsonObject, JsonObject]>([
  ['prefixItems', { properties: { n: { type: 'integer' }, pair } }, { pair: [{ assay: 'wrong' }, { assay: 'wrong' }] }],
  [
    'dependentRequired',
    { properties: { n: { type: 'integer' }, a: {}, b: {} }, dependentRequired: { a: ['b'] } },
    { a: 'assay' },
  ],
  ['unevaluatedProperties', { unevaluatedProperties: false }, { assayUnknown: 'assay' }],
])('breaks %s and nothing else', (_, schema, broken) => {
  const valid = modernCall(tool(schema))?.valid;
  expect(modernCall(tool(schema))).toMatchObject({ name: 'one', arguments: broken });
  expect(valid).not.toHaveProperty(Object.keys(broken)[0] ?? '');
});

it.each<[string, JsonObject]>([
  ['nothing that is new', {}],
  ['a dialect by name', { $schema: 'https://json-schema.org/draft/2020-12/schema', unevaluatedProperties: false }],
  ['what older dialects refuse as well', { additionalProperties: false, unevaluatedProperties: false }],
])('finds nothing in a schema with %s', (_, schema) => {
  expect(modernCall(tool(schema))).toBeNull();
});
