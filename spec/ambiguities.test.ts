import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ambiguities, readAmbiguities } from './ambiguities.ts';
import { catalogue } from './catalogue.ts';
import { DataFileError } from './data-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-ambiguities-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ONE = [
  '  - id: ambiguity.one',
  '    title: t',
  '    question: q',
  '    reading: r',
  '    why: w',
  '    requirements: [ping.respond]',
  '    sources: {2025-11-25: [basic/utilities/ping]}',
  '',
].join('\n');

function read(entries: string) {
  const path = join(folder, 'ambiguities.yaml');
  writeFileSync(path, `ambiguities:\n${entries}`);
  return readAmbiguities(path, catalogue());
}

describe('the list of ambiguities', () => {
  it('is well-formed and speaks of requirements that exist in the revisions it names', () => {
    const all = ambiguities();
    expect(all.length).toBeGreaterThan(30);
    const stray = all.flatMap((ambiguity) =>
      ambiguity.requirements
        .filter((id) => {
          const held = catalogue().get(id)?.revisions;
          return !Object.keys(ambiguity.sources).some((revision) =>
            [...(held?.keys() ?? [])].includes(revision as never),
          );
        })
        .map((id) => `${ambiguity.id}: ${id}`),
    );
    expect(stray).toEqual([]);
  });

  it.each([
    ['a duplicate id', ONE + ONE, /:9: the id "ambiguity.one" is already taken$/],
    ['a requirement that does not exist', ONE.replace('ping.respond', 'ping.x'), /:7: unknown requirement "ping.x"$/],
    ['an unknown key', `${ONE}    note: x\n`, /:9: unknown key "note"$/],
    ['a missing reading', ONE.replace('    reading: r\n', ''), /must have required property 'reading'$/],
  ])('is refused in one sentence for %s', (_, entries, message) => {
    expect(() => read(entries)).toThrow(DataFileError);
    expect(() => read(entries)).toThrow(message);
  });
});
