import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../spec/messages.ts';
import { moreSteps } from './more-steps.ts';

const tool = (properties: JsonObject): JsonObject => ({ inputSchema: { type: 'object', properties } });
const whole = { type: 'integer' };

describe('arguments for more steps', () => {
  it.each([
    ['grow', { days: whole }, { days: 1 }, { days: 5 }],
    ['grow no further than the schema allows', { days: { ...whole, maximum: 3 } }, { days: 1 }, { days: 3 }],
    ['come in where they were left out', { days: whole }, {}, { days: 5 }],
    ['leave the rest alone', { city: { type: 'string' }, days: whole }, { city: 'a' }, { city: 'a', days: 5 }],
    ['fit the schema', { to: whole, part: { ...whole, multipleOf: 2 } }, { to: 1, part: 2 }, { to: 5, part: 2 }],
  ])('%s', (_, properties, before, after) => {
    expect(moreSteps(tool(properties), before, 2_000)).toEqual(after);
  });

  it.each([
    [300, { to: 16 }],
    [80, { to: 50 }],
    [2_000, { to: 5 }],
  ])('are such that a tool that took %i ms takes about a second', (ms, after) => {
    expect(moreSteps(tool({ to: whole }), { to: 4 }, ms)).toEqual(after);
  });

  it.each([
    ['is large already', { days: whole }, { days: 7 }],
    ['may not grow', { days: { ...whole, maximum: 1 } }, { days: 1 }],
    ['is a choice', { days: { ...whole, enum: [1, 2] } }, { days: 1 }],
    ['is no number', { days: { type: 'string' } }, { days: '1' }],
  ])('are none where the argument %s', (_, properties, before) => {
    expect(moreSteps(tool(properties), before, 2_000)).toBeNull();
  });
});
