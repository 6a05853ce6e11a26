// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of case files look like those of templates
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../spec/messages.ts';
import type { Schema } from '../case/case.ts';
import { lookupIn, UnknownPlaceholder } from '../case/placeholders.ts';
import { mismatch } from './seen.ts';

const lookup = lookupIn({ id: 7, text: '7', deep: { a: [1, { b: null }] } });
const look = (schema: Schema, actual?: Json) =>
  mismatch({ part: schema }, actual === undefined ? {} : { part: actual }, lookup);

describe('fits', () => {
  const fitting: [string, Schema, Json | undefined][] = [
    ['true, anything that is there', true, null],
    ['true, false itself', true, false],
    ['false, what is not there', false, undefined],
    ['an empty schema, anything', {}, 'x'],
    ['a constant', { const: 202 }, 202],
    ['a constant placeholder with its type', { const: '${id}' }, 7],
    ['a constant placeholder that is an object', { const: '${deep}' }, { a: [1, { b: null }] }],
    ['an optional member', { type: 'object', properties: { a: { type: 'string' } } }, {}],
    ['an alternative', { anyOf: [{ const: 405 }, { minimum: 200, maximum: 299 }] }, 204],
    ['a format', { type: 'string', format: 'uri' }, 'https://assay.invalid/'],
    ['a list that contains', { contains: { const: 1 } }, [0, 1]],
  ];
  it.each(fitting)('%s', (_, schema, actual) => {
    expect(look(schema, actual)).toBeNull();
  });

  it('no demands at all', () => {
    expect(mismatch({}, { part: 1 }, lookup)).toBeNull();
  });
});

describe('says where, what and what was there', () => {
  const problems: [string, Schema, Json | undefined, string, string, Json?][] = [
    ['nothing there', true, undefined, 'part', 'is missing (expected something)'],
    ['nothing there, for a constant', { const: 202 }, undefined, 'part', 'is missing (expected 202)'],
    ['nothing there, for a choice', { enum: [200, 'a'] }, undefined, 'part', 'is missing (expected one of [200,"a"])'],
    ['nothing there, for a schema', { type: 'object' }, undefined, 'part', 'is missing (expected {"type":"object"})'],
    ['something there', false, { a: 1 }, 'part', 'should not be there', { a: 1 }],
    ['null is there', false, null, 'part', 'should not be there', null],
    ['another constant', { const: 202 }, 200, 'part', 'should be 202', 200],
    ['a constant of another type', { const: '${id}' }, '7', 'part', 'should be 7', '7'],
    ['a constant of another type, text', { const: '${text}' }, 7, 'part', 'should be "7"', 7],
    ['none of a choice', { enum: [200, 405] }, 404, 'part', 'should be one of [200,405]', 404],
    ['a type', { type: 'string' }, 1, 'part', 'must be string', 1],
    ['a member of a type', { properties: { a: { type: 'string' } } }, { a: 1 }, 'part.a', 'must be string', 1],
    ['an item', { items: { const: 1 } }, [1, 2], 'part.1', 'should be 1', 2],
    ['a missing member', { required: ['a'] }, { b: 1 }, 'part', `must have required property 'a'`, { b: 1 }],
    ['a forbidden member', { properties: { a: false } }, { a: 1 }, 'part.a', 'should not be there', 1],
    ['a forbidden value', { not: { const: 1 } }, 1, 'part', 'should not be 1', 1],
    ['a forbidden choice', { not: { enum: [404, 501] } }, 404, 'part', 'should not be one of [404,501]', 404],
    ['a forbidden form', { not: { type: 'null' } }, null, 'part', 'should not be {"type":"null"}', null],
    ['a bound', { minimum: 400 }, 200, 'part', 'must be >= 400', 200],
    ['a length', { maxLength: 0 }, 'x', 'part', 'must NOT have more than 0 characters', 'x'],
    ['a number of items', { maxItems: 0 }, [1], 'part', 'must NOT have more than 0 items', [1]],
    ['a pattern', { pattern: '^a' }, 'b', 'part', 'must match pattern "^a"', 'b'],
    [
      'no alternative',
      { anyOf: [{ const: 405 }, { minimum: 200, maximum: 299 }] },
      404,
      'part',
      'should be {"const":405} or {"minimum":200,"maximum":299}',
      404,
    ],
    [
      'no one of several',
      { oneOf: [{ const: 1 }, { const: 2 }] },
      3,
      'part',
      'should be {"const":1} or {"const":2}',
      3,
    ],
    ['no such item', { contains: { const: 1 } }, [2, 3], 'part', 'should contain 1', [2, 3]],
    [
      'no such item, in an empty list',
      { contains: { type: 'object' } },
      [],
      'part',
      'should contain {"type":"object"}',
      [],
    ],
    [
      'an item that should not be',
      { not: { contains: { const: 1 } } },
      [1],
      'part',
      'should not be {"contains":{"const":1}}',
      [1],
    ],
    ['one of all that must hold', { allOf: [{ minimum: 1 }, { maximum: 2 }] }, 3, 'part', 'must be <= 2', 3],
    [
      'a member with special characters',
      { properties: { 'a/b~c': { const: 1 } } },
      { 'a/b~c': 2 },
      'part.a/b~c',
      'should be 1',
      2,
    ],
  ];
  it.each(problems)('%s', (_, schema, actual, path, problem, shown) => {
    expect(look(schema, actual)).toEqual(shown === undefined ? { path, problem } : { path, problem, actual: shown });
  });
});

it('reports the first part that does not fit', () => {
  expect(mismatch({ a: true, b: { const: 1 }, c: { const: 1 } }, { a: 0, b: 2, c: 2 }, lookup)?.path).toBe('b');
});

it('throws when it is to compare with what was not seen', () => {
  expect(() => look({ const: '${first.id}' }, 1)).toThrow(new UnknownPlaceholder('first.id'));
});

it('takes each value of a placeholder anew', () => {
  const at = (id: Json) => mismatch({ part: { const: '${id}' } }, { part: 1 }, lookupIn({ id }));
  expect([at(1), at('1')?.problem, at(1)]).toEqual([null, 'should be "1"', null]);
});

it('reads no schema into the values of placeholders', () => {
  const value: JsonObject = { $id: 'https://assay.invalid/x', type: 'nonsense', $ref: '#/nowhere' };
  for (const _ of [1, 2]) {
    expect(mismatch({ part: { const: '${value}' } }, { part: value }, lookupIn({ value }))).toBeNull();
  }
});
