import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../spec/messages.ts';
import { slowArguments } from './slow-arguments.ts';

const tool = (properties: JsonObject, required: string[] = []): JsonObject => ({
  inputSchema: { type: 'object', properties, required },
});

describe('arguments that make a tool slow', () => {
  it.each([
    ['seconds', { type: 'number' }, 2],
    ['delay_ms', { type: 'integer' }, 2_000],
    ['delayMs', { type: 'integer' }, 2_000],
    ['durationSeconds', { type: 'number', maximum: 1 }, 1],
    ['wait', { type: 'integer', description: 'how long, in milliseconds' }, 2_000],
  ])('are found by the name %s', (name, schema, value) => {
    expect(slowArguments(tool({ [name]: schema }))).toEqual({ [name]: value });
  });

  it('come with what the tool requires besides', () => {
    const properties = { query: { type: 'string' }, seconds: { type: 'number' } };
    expect(slowArguments(tool(properties, ['query']))).toEqual({ query: 'assay', seconds: 2 });
  });

  it.each([[{ limit: { type: 'integer' } }], [{ items: { type: 'number' } }], [{ seconds: { type: 'string' } }]])(
    'are not found in %j',
    (properties) => {
      expect(slowArguments(tool(properties))).toBeNull();
    },
  );
});
