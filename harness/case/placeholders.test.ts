// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of case files look like those of templates
import { describe, expect, it } from 'vitest';
import type { Json } from '../../spec/messages.ts';
import { fill, filledExample, fillKnown, lookupIn, UnknownPlaceholder } from './placeholders.ts';

const lookup = lookupIn({
  text: 'a',
  number: 5,
  zero: 0,
  no: false,
  nothing: null,
  list: [{ name: 'first' }, 'second', []],
  object: { a: { b: 1 }, 'with-dash': 2, empty: {} },
  absent: undefined,
  tricky: '${text}',
});

describe('a string that is one placeholder', () => {
  it.each([
    ['${text}', 'a'],
    ['${number}', 5],
    ['${zero}', 0],
    ['${no}', false],
    ['${nothing}', null],
    ['${list}', [{ name: 'first' }, 'second', []]],
    ['${object.empty}', {}],
    ['${object.a.b}', 1],
    ['${object.with-dash}', 2],
    ['${list.0.name}', 'first'],
    ['${list.1}', 'second'],
    ['${object.#0}', 'a'],
    ['${object.#1}', 'with-dash'],
    ['${filler.3}', 'xxx'],
    ['${count.list}', 3],
    ['${nested.3}', { in: { in: {} } }],
  ] as const)('%s becomes the value with its type', (text, expected) => {
    expect(fill(text, lookup)).toEqual(expected);
  });
});

describe('a string with placeholders in it', () => {
  it.each([
    ['x ${text} y', 'x a y'],
    ['${number}${zero}', '50'],
    ['${object.a}!', '{"b":1}!'],
    ['${nothing} ', 'null '],
    ['${text', '${text'],
    ['$text {text} ${}', '$text {text} ${}'],
    ['', ''],
    ['${tricky}', '${text}'],
    ['${tricky}!', '${text}!'],
  ])('%j becomes %j', (text, expected) => {
    expect(fill(text, lookup)).toBe(expected);
  });

  it('takes what it finds as it stands, replacement patterns of JavaScript included', () => {
    expect(fill('<${x}>', lookupIn({ x: '$& $1 $$' }))).toBe('<$& $1 $$>');
  });
});

it('fills values and member names at every depth, and leaves all else alone', () => {
  const value: Json = { 'x-${text}': [{ deep: '${number}' }, 'as is', 1, null, true], '${text}': { '${number}': {} } };
  expect(fill(value, lookup)).toEqual({ 'x-a': [{ deep: 5 }, 'as is', 1, null, true], a: { '5': {} } });
});

it('leaves what it is given as it was', () => {
  const value: Json = { a: ['${text}'] };
  fill(value, lookup);
  expect(value).toEqual({ a: ['${text}'] });
});

describe('a placeholder without a value', () => {
  it.each([
    'missing',
    'absent',
    'object.missing',
    'object.a.b.c',
    'list.7',
    'list.name',
    'list.length',
    'text.length',
    'nothing.x',
    'constructor',
    'object.constructor',
    '__proto__',
    'object.__proto__.x',
    '',
  ])('%j has none', (path) => {
    expect(lookup(path)).toBeUndefined();
  });

  it.each(['${missing}', 'x ${missing} y', { deep: ['${missing}'] }, { '${missing}': 1 }])(
    '%j is an error',
    (value) => {
      expect(() => fill<Json>(value, lookup)).toThrow(new UnknownPlaceholder('missing'));
    },
  );

  it('is named by the error', () => {
    expect(new UnknownPlaceholder('first.result')).toMatchObject({
      placeholder: 'first.result',
      message: 'nothing is known as ${first.result}',
    });
  });
});

it('an example may speak of what the run knows', () => {
  const variables = { tool: { arguments: { a: 1 } } };
  const example = { arguments: '${tool.arguments}', other: '${first.result}', plain: 1 };
  expect(filledExample(example, variables)).toEqual({ arguments: { a: 1 }, other: '${first.result}', plain: 1 });
});

it('what is known can be filled in before the rest', () => {
  const value: Json = { id: '${id}', text: '${id} and ${later}', '${name}': '${later.result}', made: '${filler.3}' };
  const known = { id: 5, name: 'x', held: '${later}' };
  expect(fillKnown(value, known)).toEqual({
    id: 5,
    text: '5 and ${later}',
    x: '${later.result}',
    made: '${filler.3}',
  });
  expect(fillKnown('${held}', known)).toBe('${later}');
});
