import { expect, it } from 'vitest';
import type { JsonObject } from '../../spec/messages.ts';
import { keptBySchema } from './foreign-schemas.ts';

it('makes something of each schema once, however many objects say the same', () => {
  const asked: string[] = [];
  const typeOf = keptBySchema(({ type = null }) => {
    asked.push(String(type));
    return { type };
  });
  const first = typeOf({ type: 'string' });
  expect(typeOf({ type: 'string' })).toBe(first);
  expect(typeOf({ type: 'null' })).toEqual({ type: 'null' });
  expect(asked).toEqual(['string', 'null']);
});

it('forgets rather than grow without end, and passes on what is too deep to be kept', () => {
  const made: JsonObject[] = [];
  const note = keptBySchema((schema) => made.push(schema));
  for (let at = 0; at < 600; at += 1) note({ const: at });
  expect(note({ const: 0 })).toBe(601);
  let deep: JsonObject = {};
  for (let at = 0; at < 100_000; at += 1) deep = { not: deep };
  expect([note(deep), note(deep)]).toEqual([602, 603]);
});
