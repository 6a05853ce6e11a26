import { join } from 'node:path';
import { expect, it } from 'vitest';
import { asKnown, knownContent } from './known-content.ts';
import { packageRoot } from './package-root.ts';

const path = join(packageRoot, 'suites/server/ping.yaml');
const files = Object.fromEntries([asKnown(path, 'a: 1\n', { a: 1 })]);

it('a file that is as it was when the package was built has the content of then', () => {
  expect(Object.keys(files)).toEqual(['suites/server/ping.yaml']);
  expect(knownContent(path, 'a: 1\n', files)).toEqual({ content: { a: 1 } });
});

it.each([
  ['has changed since', path, 'a: 2\n'],
  ['is another', join(packageRoot, 'suites/server/tools.yaml'), 'a: 1\n'],
  ["is a user's", '/elsewhere/suites/server/ping.yaml', 'a: 1\n'],
  ['is called like what every object has', join(packageRoot, 'constructor'), 'a: 1\n'],
])('one that %s has to be read', (_, other, text) => {
  expect(knownContent(other, text, files)).toBeUndefined();
});

it('nothing is known beside the source', () => {
  expect(knownContent(path, 'a: 1\n')).toBeUndefined();
});
