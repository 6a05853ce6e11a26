import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Catalogue } from '../../spec/catalogue.ts';
import { dataFilesBelow, fileSchema, readDataFile } from '../../spec/data-file.ts';
import { packageRoot } from '../../spec/package-root.ts';
import type { Case, CaseEntry } from './case.ts';
import { problemOf } from './case-problem.ts';
import { spelledOut } from './spelled-out.ts';

interface CaseFile {
  readonly cases: readonly CaseEntry[];
}

const validate = fileSchema<CaseFile>(
  JSON.parse(readFileSync(join(packageRoot, 'suites/case.schema.json'), 'utf8')) as object,
);

/**
 * Reads every case below a folder, one `Case` for each example of its table.
 *
 * @throws DataFileError for a wrong key, a duplicate id, an unknown requirement or revision
 */
export function loadCases(folder: string, catalogue: Catalogue): Case[] {
  const taken = new Set<string>();
  return dataFilesBelow(folder).flatMap((path) => readCaseFile(path, catalogue, taken));
}

/** Reads the cases of one file; `taken` holds the ids that other files have used and grows. */
export function readCaseFile(path: string, catalogue: Catalogue, taken: Set<string>): Case[] {
  const file = readDataFile(path, validate);
  return file.content.cases.flatMap((entry, index) => {
    const problem = problemOf(entry, catalogue, taken);
    if (problem) throw file.error(['cases', index, ...problem.member], problem.message);
    taken.add(entry.id);
    const origin = relative(packageRoot, path);
    const steps = entry.steps.flatMap(spelledOut);
    if (!entry.examples) return [{ ...entry, steps, file: origin, example: {} }];
    return Object.entries(entry.examples).map(([name, example]) => ({
      ...entry,
      steps,
      id: `${entry.id}/${name}`,
      title: `${entry.title} (${name})`,
      file: origin,
      example,
    }));
  });
}
