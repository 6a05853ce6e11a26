import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Catalogue } from '../../../spec/catalogue.ts';
import { type DataFile, type DataFileError, fileSchema, readDataFile } from '../../../spec/data-file.ts';
import type { Json, JsonObject } from '../../../spec/messages.ts';
import { packageRoot } from '../../../spec/package-root.ts';
import { revisionsIn } from '../../../spec/revisions.ts';
import { fill, lookupIn, UnknownPlaceholder } from '../../case/placeholders.ts';
import { isObject } from '../../wire/json-rpc.ts';
import type { ServerScript } from '../script/server-script.ts';
import type { ClientCase, ClientCaseEntry } from './client-case.ts';

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
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name) => readClientCaseFile(join(folder, name), catalogue, taken));
}

/** Reads the client cases of one file; `taken` holds the ids that other files have used and grows. */
export function readClientCaseFile(path: string, catalogue: Catalogue, taken: Set<string>): ClientCase[] {
  const file = readDataFile(path, validate);
  return file.content.cases.flatMap((entry, index) => {
    const problem = problemOf(file, entry, index, catalogue, taken);
    if (problem) throw problem;
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
  const [problem] = validateScript.errors ?? [];
  throw file.error(at, `with an example in place, "server${problem?.instancePath ?? ''}" ${problem?.message}`);
}

function problemOf(
  file: DataFile<ClientCaseFile>,
  entry: ClientCaseEntry,
  index: number,
  catalogue: Catalogue,
  taken: ReadonlySet<string>,
): DataFileError | null {
  const at = (...pointer: (string | number)[]) => ['cases', index, ...pointer];
  if (taken.has(entry.id)) return file.error(at('id'), `the id "${entry.id}" is already taken`);
  for (const [number, id] of entry.requires.entries()) {
    if (!catalogue.get(id)?.observe.client) {
      return file.error(at('requires', number), `"${id}" is no requirement that can be seen of a client`);
    }
  }
  if (!isRange(entry.revisions)) return file.error(at('revisions'), `"${entry.revisions}" is not a range of revisions`);
  for (const [number, { rule, revisions }] of entry.expect.entries()) {
    if (!isRange(revisions)) return file.error(at('expect', number), `"${revisions}" is not a range of revisions`);
    if (!rule && entry.requires.length > 1) {
      return file.error(at('expect', number), 'names no rule although the case requires several');
    }
    if (rule && !entry.requires.includes(rule)) {
      return file.error(at('expect', number, 'rule'), `"${rule}" is not among the requirements of the case`);
    }
  }
  const judged = new Set(entry.expect.map(({ rule }) => rule ?? entry.requires[0]));
  const idle = entry.requires.find((id) => !judged.has(id));
  return idle ? file.error(at('requires'), `no expectation decides "${idle}"`) : problemWithGet(file, entry, index);
}

/** A GET carries no request, so that nothing can be the response to it. */
function problemWithGet(file: DataFile<ClientCaseFile>, entry: ClientCaseEntry, index: number): DataFileError | null {
  const answers = Array.isArray(entry.server?.answers) ? entry.server.answers : [];
  const wrong = answers.findIndex((answer) => {
    if (!isObject(answer) || answer.to !== 'GET' || !isObject(answer.stream)) return false;
    const { events } = answer.stream;
    return Array.isArray(events) && events.some((event) => isObject(event) && event.response === true);
  });
  if (wrong < 0) return null;
  return file.error(
    ['cases', index, 'server', 'answers', wrong],
    'a GET has no response; name the method of a request',
  );
}

function isRange(range: string | undefined): boolean {
  if (range === undefined) return true;
  try {
    return revisionsIn(range).length > 0;
  } catch {
    return false;
  }
}
