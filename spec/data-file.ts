import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { type Document, isMap, isNode, isPair, LineCounter, parseDocument } from 'yaml';

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
  allErrors: false,
  strict: true,
  strictRequired: false,
  strictTypes: false,
  allowUnionTypes: true,
});

/** Compiles a JSON Schema (2020-12) that describes one kind of data file. */
export function fileSchema<T>(schema: object): ValidateFunction<T> {
  return ajv.compile<T>(schema);
}

/**
 * Reads a YAML or JSON file and holds it against a schema.
 *
 * @throws DataFileError with file, line and one sentence when it cannot be read, parsed, or does not fit the schema
 */
export function readDataFile<T>(path: string, validate: ValidateFunction<T>): DataFile<T> {
  const lines = new LineCounter();
  const document = parseDocument(readText(path), { lineCounter: lines, prettyErrors: false });
  const at = (offset: number) => `${display(path)}:${lines.linePos(offset).line}`;
  const [broken] = document.errors;
  if (broken) throw new DataFileError(`${at(broken.pos[0])}: not valid YAML: ${broken.message}`);
  const content: unknown = document.toJS();
  const error = (pointer: readonly (string | number)[], message: string) =>
    new DataFileError(`${at(offsetOf(document, pointer))}: ${message}`);
  if (validate(content)) return { path, content, error };
  const [problem] = validate.errors ?? [];
  if (!problem) throw error([], 'does not fit its schema');
  const { pointer, message } = explain(problem);
  throw error(pointer, message);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : String(cause);
    throw new DataFileError(`${display(path)}: cannot be read (${code})`);
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

/** One sentence for ajv's first error, and the place it speaks of. */
function explain(problem: ErrorObject): { pointer: (string | number)[]; message: string } {
  const pointer = problem.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  const where = pointer.length ? `"${pointer.join('.')}"` : 'the file';
  switch (problem.keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const key = String(problem.params.additionalProperty ?? problem.params.unevaluatedProperty);
      return { pointer: [...pointer, key], message: `unknown key "${key}"` };
    }
    case 'enum':
      return { pointer, message: `${where} must be one of ${problem.params.allowedValues.join(', ')}` };
    default:
      return { pointer, message: `${where} ${problem.message ?? 'is wrong'}` };
  }
}
