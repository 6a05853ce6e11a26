import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { type Document, isMap, isNode, isPair, LineCounter, parseDocument } from 'yaml';
import { knownContent } from './known-content.ts';

/** A file of the user's or of the project's that cannot be used: says which, where, and what is wrong. */
export class DataFileError extends Error {
  override readonly name = 'DataFileError';
}

/** The parsed content of a YAML (or JSON) file, with the means to say where in the file something stands. */
export interface DataFile<T> {
  readonly path: string;
  readonly content: T;
  /** An error that names this file and the line of the value at `pointer` (member names and indexes). */
  error(pointer: readonly (string | number)[], message: string): DataFileError;
}

const ajv = new Ajv2020({
  allErrors: true,
  verbose: true,
  strict: true,
  strictRequired: false,
  strictTypes: false,
  allowUnionTypes: true,
});

/** Whether a content fits a schema; `errors` says why the last one did not. */
export interface FileSchema<T> {
  (content: unknown): content is T;
  readonly errors: readonly ErrorObject[];
}

/** A JSON Schema (2020-12) that describes one kind of data file; compiled when it is first asked, since most never are. */
export function fileSchema<T>(schema: object): FileSchema<T> {
  let validate: ValidateFunction<T> | undefined;
  const fits = (content: unknown): content is T => {
    validate ??= ajv.compile<T>(schema);
    return validate(content);
  };
  return Object.defineProperty(fits, 'errors', { get: () => validate?.errors ?? [] }) as FileSchema<T>;
}

/** The YAML files below a folder, in the order of their names. */
export function dataFilesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(folder, name));
}

/**
 * Reads a YAML or JSON file and holds it against a schema.
 *
 * @throws DataFileError with file, line and one sentence when it cannot be read, parsed, or does not fit the schema
 */
export function readDataFile<T>(path: string, fits: FileSchema<T>): DataFile<T> {
  const text = readText(path);
  const known = knownContent<T>(path, text);
  if (known) return { path, content: known.content, error: (...what) => parse(path, text).error(...what) };
  const { content, error } = parse(path, text);
  if (fits(content)) return { path, content, error };
  const problem = mostTelling(fits.errors);
  if (!problem) throw error([], 'does not fit its schema');
  const { pointer, message } = explain(problem);
  throw error(pointer, message);
}

function parse(path: string, text: string): DataFile<unknown> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => `${display(path)}:${lines.linePos(offset).line}`;
  const [broken] = document.errors;
  if (broken?.code === 'MULTIPLE_DOCS') throw new DataFileError(`${at(broken.pos[0])}: a second document begins here`);
  if (broken) throw new DataFileError(`${at(broken.pos[0])}: not valid YAML: ${broken.message}`);
  return {
    path,
    content: contentOf(document, path),
    error: (pointer, message) => new DataFileError(`${at(offsetOf(document, pointer))}: ${message}`),
  };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : String(cause);
    throw new DataFileError(`${display(path)}: cannot be read (${code})`);
  }
}

/** Aliases are followed only now: one that leads nowhere, or to very many values, is no error of the document before. */
function contentOf(document: Document.Parsed, path: string): unknown {
  try {
    return document.toJS();
  } catch (cause) {
    throw new DataFileError(`${display(path)}: not valid YAML: ${cause instanceof Error ? cause.message : cause}`);
  }
}

function display(path: string): string {
  const shorter = relative(process.cwd(), path);
  return shorter.startsWith('..') ? path : shorter;
}

function offsetOf(document: Document.Parsed, pointer: readonly (string | number)[]): number {
  for (let length = pointer.length; length > 0; length -= 1) {
    const parent = document.getIn(pointer.slice(0, length - 1), true);
    const last = pointer[length - 1];
    const pair = isMap(parent) ? parent.items.find((item) => isPair(item) && String(item.key) === String(last)) : null;
    const node = pair ? pair.key : document.getIn(pointer.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

const RANKS: { readonly [keyword: string]: number } = {
  additionalProperties: 0,
  unevaluatedProperties: 0,
  oneOf: 1,
  type: 3,
  anyOf: 4,
};

/**
 * The error that says most: one deep in the file (alternatives that were not meant fail higher up), and of those in one
 * place first an unknown key (a misspelled one is missing too) and last a wrong type (that of another alternative, may be).
 */
function mostTelling(errors: readonly ErrorObject[]): ErrorObject | undefined {
  const depth = ({ instancePath }: ErrorObject) => instancePath.split('/').length;
  const rank = ({ keyword }: ErrorObject) => RANKS[keyword] ?? 2;
  return [...errors].sort((a, b) => depth(b) - depth(a) || rank(a) - rank(b))[0];
}

/** One sentence for an error of ajv's, and the place it speaks of. */
function explain(problem: ErrorObject): { pointer: (string | number)[]; message: string } {
  const pointer = problem.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  const { propertyName: key } = problem;
  if (key !== undefined) return { pointer: [...pointer, key], message: `the key "${key}" ${problem.message}` };
  const where = pointer.length ? `"${pointer.join('.')}"` : 'the file';
  switch (problem.keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const key = String(problem.params.additionalProperty ?? problem.params.unevaluatedProperty);
      return { pointer: [...pointer, key], message: `unknown key "${key}"` };
    }
    case 'enum':
      return { pointer, message: `${where} must be one of ${problem.params.allowedValues.join(', ')}` };
    case 'const':
      return { pointer, message: `${where} must be ${JSON.stringify(problem.params.allowedValue)}` };
    case 'oneOf': {
      const keys = (problem.schema as { required?: string[] }[]).flatMap(({ required }) => required ?? []);
      if (keys.length) return { pointer, message: `${where} must have exactly one of ${keys.join(', ')}` };
      break;
    }
  }
  return { pointer, message: `${where} ${problem.message ?? 'is wrong'}` };
}
