import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Catalogue } from '../../spec/catalogue.ts';
import { type DataFile, type DataFileError, fileSchema, readDataFile } from '../../spec/data-file.ts';
import { packageRoot } from '../../spec/package-root.ts';
import { revisionsIn } from '../../spec/revisions.ts';
import { type Case, type CaseEntry, type Expectation, expectationsOf } from './case.ts';

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
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name) => readCaseFile(join(folder, name), catalogue, taken));
}

/** Reads the cases of one file; `taken` holds the ids that other files have used and grows. */
export function readCaseFile(path: string, catalogue: Catalogue, taken: Set<string>): Case[] {
  const file = readDataFile(path, validate);
  return file.content.cases.flatMap((entry, index) => {
    const problem = problemOf(file, entry, index, catalogue, taken);
    if (problem) throw problem;
    taken.add(entry.id);
    const origin = relative(packageRoot, path);
    if (!entry.examples) return [{ ...entry, file: origin, example: {} }];
    return Object.entries(entry.examples).map(([name, example]) => ({
      ...entry,
      id: `${entry.id}/${name}`,
      title: `${entry.title} (${name})`,
      file: origin,
      example,
    }));
  });
}

function problemOf(
  file: DataFile<CaseFile>,
  entry: CaseEntry,
  index: number,
  catalogue: Catalogue,
  taken: ReadonlySet<string>,
): DataFileError | null {
  const at = (...pointer: (string | number)[]) => ['cases', index, ...pointer];
  if (taken.has(entry.id)) return file.error(at('id'), `the id "${entry.id}" is already taken`);
  const unknown = entry.requires.findIndex((id) => !catalogue.get(id));
  if (unknown >= 0) return file.error(at('requires', unknown), `unknown requirement "${entry.requires[unknown]}"`);
  if (!isRange(entry.revisions)) return file.error(at('revisions'), `"${entry.revisions}" is not a range of revisions`);
  for (const [number, step] of entry.steps.entries()) {
    for (const [place, expectation] of expectationsOf(step).entries()) {
      const where = at('steps', number, 'expect', ...(Array.isArray(step.expect) ? [place] : []));
      const problem = expectationProblem(expectation, entry);
      if (problem) return file.error([...where, ...problem.member], problem.message);
    }
  }
  return null;
}

function expectationProblem(expectation: Expectation, entry: CaseEntry): { member: string[]; message: string } | null {
  const { rule, revisions } = expectation;
  if (!isRange(revisions)) return { member: ['revisions'], message: `"${revisions}" is not a range of revisions` };
  if (!rule && entry.requires.length > 1) {
    return { member: [], message: 'names no rule although the case requires several' };
  }
  if (rule && !entry.requires.includes(rule)) {
    return { member: ['rule'], message: `"${rule}" is not among the requirements of the case` };
  }
  return null;
}

function isRange(range: string | undefined): boolean {
  if (range === undefined) return true;
  try {
    return revisionsIn(range).length > 0;
  } catch {
    return false;
  }
}
