import { expect, it } from 'vitest';
import type { JsonObject } from '../../../spec/messages.ts';
import { viewOf } from '../../invariants/testing/trace-builder.ts';
import { lastWords } from './last-words.ts';

function words(run: JsonObject | undefined): string {
  const { trace } = viewOf('2025-11-25', []);
  return lastWords({ ...trace, header: { ...trace.header, variables: run ? { run } : {} } });
}

it.each<[string, JsonObject | undefined, string]>([
  ['a good end', { how: 'exit', code: 0, stderr: 'warning' }, ''],
  ['no end', undefined, ''],
  ['an exit code', { how: 'exit', code: 3, stderr: '' }, '; the client ended with exit code 3'],
  [
    'the name of an error rather than the line that threw it',
    { how: 'exit', code: 1, stderr: 'throw new Error(x)\n\nTypeError: no\n    at x\nNode.js v20' },
    '; the client ended with exit code 1, saying "TypeError: no"',
  ],
  ['a last line', { how: 'exit', code: 1, stderr: 'a\nb\n' }, '; the client ended with exit code 1, saying "b"'],
  ['waiting', { how: 'stopped', stderr: '' }, '; the client was still waiting when its time was up'],
  ['a signal', { how: 'signal', signal: 'SIGSEGV', stderr: '' }, '; the client was ended by SIGSEGV'],
])('tells %s', (_, run, text) => {
  expect(words(run)).toBe(text);
});
