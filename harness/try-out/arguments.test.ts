import { describe, expect, it } from 'vitest';
import { argumentsFor, exampleIn } from './arguments.ts';
import { GivenValues } from './values.ts';

const text = { type: 'string' };

describe('arguments for a tool', () => {
  it('are those that will do with values of the target, all there are, and as few as will do', () => {
    const given = new GivenValues();
    given.add('id', 'A-1');
    const schema = {
      type: 'object',
      properties: { order_id: text, limit: { type: 'integer' } },
      required: ['order_id'],
    };
    expect(argumentsFor(schema, given)).toEqual([
      { order_id: 'A-1' },
      { order_id: 'A-1', limit: 1 },
      { order_id: 'assay' },
    ]);
  });

  it('always fit the schema', () => {
    const given = new GivenValues();
    given.add('id', 'A-1');
    const schema = { type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] };
    expect(argumentsFor(schema, given)).toEqual([{ id: 1 }]);
    expect(argumentsFor({ type: 'string' }, given)).toEqual([]);
  });
});

it.each([
  ['The order number, such as A-1001', 'A-1001'],
  ['A state (e.g. "in stock").', 'in stock'],
  ['For example, https://example.com/x.', 'https://example.com/x'],
  ['Where to look', undefined],
  [5, undefined],
])('the description %j offers %j', (description, example) => {
  expect(exampleIn(description)).toBe(example);
});
