import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DataFileError } from '../../spec/data-file.ts';
import { readConfig } from './config-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

function read(yaml: string) {
  const path = join(folder, 'assay.yaml');
  writeFileSync(path, yaml);
  return readConfig(path);
}

describe('a config file', () => {
  it('holds stimuli of any form beside settings of a fixed one', () => {
    const config = read(
      [
        'stimuli:',
        '  tool: {name: search, arguments: {q: x, limit: 3}}',
        '  anything: [1, null]',
        'headers: {Authorization: Bearer x, X-Two: [a, b]}',
        'call: [search, list]',
        'revision: 2025-11-25',
        'timeout: 500',
        'strict: true',
      ].join('\n'),
    );
    expect(config).toEqual({
      stimuli: { tool: { name: 'search', arguments: { q: 'x', limit: 3 } }, anything: [1, null] },
      headers: { Authorization: 'Bearer x', 'X-Two': ['a', 'b'] },
      call: ['search', 'list'],
      revision: '2025-11-25',
      timeout: 500,
      strict: true,
    });
  });

  it('takes the path of the baseline from its own folder', () => {
    expect(read('baseline: known.yaml').baseline).toBe(join(folder, 'known.yaml'));
  });

  it.each([
    ['an unknown key', 'timeout: 5\nstimulli: {}', /assay\.yaml:2: unknown key "stimulli"$/],
    ['a number as text', 'timeout: soon', /:1: "timeout" must be integer$/],
    ['a header that is no text', 'headers: {X-A: 1}', /:1: "headers.X-A" must be string$/],
    ['stimuli that are no mapping', 'stimuli: [tool]', /:1: "stimuli" must be object$/],
    ['a token of no known kind', 'tokens: {stale: $OLD}', /:1: unknown key "tokens.stale"|:1: .*stale/],
    ['an empty file', '', /the file must be object$/],
  ])('is refused in one sentence for %s', (_, yaml, message) => {
    expect(() => read(yaml)).toThrow(DataFileError);
    expect(() => read(yaml)).toThrow(message);
  });
});
