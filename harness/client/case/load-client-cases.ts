import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Catalogue } from '../../../spec/catalogue.ts';
import { type DataFile, dataFilesBelow, fileSchema, readDataFile } from '../../../spec/data-file.ts';
import type { Json, JsonObject } from '../../../spec/messages.ts';
import { packageRoot } from '../../../spec/package-root.ts';
import { fill, lookupIn, UnknownPlaceholder } from '../../case/placeholders.ts';
import type { ServerScript } from '../script/server-script.ts';
import type { ClientCase, ClientCaseEntry } from './client-case.ts';
import { problemOf } from './client-case-problem.ts';

interface ClientCaseFile {
  readonly cases: readonly ClientCaseEntry[];
}

interface Schema {
  readonly $defs: { readonly [name: string]: object };
}

const schema = JSON.parse(readFileSync(join(packageRoot, 'suites/client-case.schema.json'), 'utf8')) as Schema;
const validate = fileSchema<ClientCaseFile>(schema);
/** Scripts whose placeholders are filled in: what is still one is a mistake. */
const validateScript = fileSchema<ServerScript>({
  $ref: '#/$defs/server',
  $defs: { ...schema.$defs, placeholder: { not: {} } },
});

/**
 * Reads every client case below a folder, one `ClientCase` for each example of its table.
 *
 * @throws DataFileError for a wrong key, a duplicate id, an unknown requirement, revision or placeholder
 */
export function loadClientCases(folder: string, catalogue: Catalogue): ClientCase[] {
  const taken = new Set<string>();
  return dataFilesBelow(folder).flatMap((path) => readClientCaseFile(path, catalogue, taken));
}

/** Reads the client cases of one file; `taken` holds the ids that other files have used and grows. */
export function readClientCaseFile(path: string, catalogue: Catalogue, taken: Set<string>): ClientCase[] {
  const file = readDataFile(path, validate);
  return file.content.cases.flatMap((entry, index) => {
    const problem = problemOf(entry, catalogue, taken);
    if (problem) throw file.error(['cases', index, ...problem.member], problem.message);
    taken.add(entry.id);
    const examples: [string | null, ClientCase['example']][] = entry.examples
      ? Object.entries(entry.examples)
      : [[null, {}]];
    return examples.map(([name, example]) => ({
      ...rest(entry),
      id: name === null ? entry.id : `${entry.id}/${name}`,
      title: name === null ? entry.title : `${entry.title} (${name})`,
      file: relative(packageRoot, path),
      example,
      context: filled(file, ['cases', index, 'context'], entry.context ?? {}, example),
      server: scriptOf(file, ['cases', index, 'server'], entry.server ?? {}, example),
    }));
  });
}

function rest({ server: _server, context: _context, examples: _examples, ...entry }: ClientCaseEntry) {
  return entry;
}

type Place = readonly (string | number)[];

/** A part of a case with the members of an example in place. */
function filled(file: DataFile<ClientCaseFile>, at: Place, part: JsonObject, example: JsonObject): JsonObject {
  try {
    return fill(part, lookupIn(example));
  } catch (error) {
    if (error instanceof UnknownPlaceholder) throw file.error(at, error.message);
    throw error;
  }
}

/** The server of one example, checked again with the members of the example in place. */
function scriptOf(file: DataFile<ClientCaseFile>, at: Place, server: JsonObject, example: JsonObject): ServerScript {
  const script: Json = filled(file, at, server, example);
  if (validateScript(script)) return script;
  const [problem] = validateScript.errors;
  throw file.error(at, `with an example in place, "server${problem?.instancePath ?? ''}" ${problem?.message}`);
}
