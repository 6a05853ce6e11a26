import { expect, it } from 'vitest';
import { jsonText } from './json-text.ts';

const value = { a: 'ü/🔍', b: [true, null] };

it('writes one value in three forms', () => {
  expect(jsonText(value)).toBe('{"a":"ü/🔍","b":[true,null]}');
  expect(jsonText(value, 'pretty')).toContain('\n\t"a": "ü/🔍",\n');
  expect(jsonText(value, 'escaped')).toBe('{"a":"\\u00fc\\/\\ud83d\\udd0d","b":[true,null]}');
});

it('writes the same value in each', () => {
  for (const form of ['compact', 'pretty', 'escaped'] as const) {
    expect(JSON.parse(jsonText(value, form))).toEqual(value);
  }
});
