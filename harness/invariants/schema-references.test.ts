import { describe, expect, it } from 'vitest';
import { danglingReference } from './schema-references.ts';

describe('references in a schema', () => {
  it.each([
    [{ properties: { id: { $ref: '#/$defs/Id' } }, $defs: { Id: { type: 'string' } } }],
    [{ properties: { 'a/b': {}, c: { $ref: '#/properties/a~1b' } } }],
    [{ anyOf: [{ type: 'string' }, { $ref: '#/anyOf/0' }] }],
    [{ $ref: '#' }],
    [{ $ref: 'https://example.com/schema.json#/x' }],
    [{ const: { $ref: '#/nowhere' } }],
    [{ properties: { a: { $id: 'https://example.com/a', properties: { b: { $ref: '#/x' } } } } }],
  ])('lead somewhere in %j', (schema) => {
    expect(danglingReference(schema)).toBeNull();
  });

  it.each([
    [{ properties: { id: { $ref: '#/$defs/Id' } } }, '#/$defs/Id'],
    [{ items: [{ $ref: '#/definitions/constructor' }], definitions: {} }, '#/definitions/constructor'],
  ])('lead nowhere in %j', (schema, reference) => {
    expect(danglingReference(schema)).toBe(reference);
  });
});
