import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { knownContent } from '../../spec/known-content.ts';
import { packageRoot } from '../../spec/package-root.ts';
import { knownFiles } from './known-files.ts';

const files = knownFiles();
const written: typeof files = JSON.parse(JSON.stringify(files));

it.each(['spec/ambiguities.yaml', 'spec/requirements/ping.yaml', 'suites/server/ping.yaml', 'suites/client/ping.yaml'])(
  '%s is known',
  (name) => {
    expect(Object.keys(files)).toContain(name);
  },
);

it.each(Object.keys(files))('%s says as JSON what it says as YAML', (name) => {
  const path = join(packageRoot, name);
  const text = readFileSync(path, 'utf8');
  expect(knownContent(path, text, written)?.content).toEqual(parse(text));
});
