import Type from 'typebox';
import { describe, expect, it } from 'vitest';
import { alters, definitionsOf, removed, type Topic } from './layers.ts';

const topic = {
  '2024-11-05': {
    Cup: Type.Object({ colour: Type.String(), size: Type.Optional(Type.Integer()) }),
    Saucer: Type.String(),
  },
  '2025-06-18': {
    Cup: alters({ size: Type.Integer(), handle: Type.Optional(Type.Boolean()) }, 'colour'),
    Saucer: removed,
  },
} satisfies Topic;

describe('the definitions of a revision', () => {
  it('are those of the base until a layer changes them', () => {
    expect(definitionsOf([topic], '2025-03-26')).toEqual(topic['2024-11-05']);
  });

  it('follow every layer up to the revision', () => {
    const { Cup, ...others } = definitionsOf([topic], '2026-07-28');
    expect(others).toEqual({});
    expect(Cup).toEqual({
      type: 'object',
      required: ['size'],
      properties: { size: { type: 'integer' }, handle: { type: 'boolean' } },
    });
  });

  it('leave the layers as they were', () => {
    definitionsOf([topic], '2026-07-28');
    expect(topic['2024-11-05'].Cup.required).toEqual(['colour']);
  });

  it.each(['Saucer', 'Spoon'])('cannot be altered where there is no object: %s', (name) => {
    const wrong: Topic = { '2025-03-26': { [name]: alters({ title: Type.String() }) } };
    expect(() => definitionsOf([topic, wrong], '2025-03-26')).toThrow(
      `${name} (2025-03-26) alters a definition that is not an object`,
    );
  });
});
