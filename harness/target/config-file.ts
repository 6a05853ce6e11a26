import { dirname, resolve } from 'node:path';
import { fileSchema, readDataFile } from '../../spec/data-file.ts';
import type { Json } from '../../spec/messages.ts';
import { TOKEN_KINDS, type Tokens } from './target.ts';

/** What a user's file may settle for every run; the command line comes first. */
export interface Config {
  /** What to try the target with, by the names that cases ask for: `tool: { name, arguments }` ... */
  readonly stimuli?: { readonly [name: string]: Json };
  /** Headers for every request; a list gives a header several times. */
  readonly headers?: { readonly [name: string]: string | readonly string[] };
  /** Tokens that are not good for everything, by their kind; `$NAME` is the value of an environment variable. */
  readonly tokens?: Tokens;
  /** Which tools may be called: none, read-only, all, or their names. */
  readonly call?: string | readonly string[];
  /** Revisions to judge at, as `--revision` takes them. */
  readonly revision?: string;
  /** The transport at a URL, as `--transport` takes it. */
  readonly transport?: string;
  /** Milliseconds for one step. */
  readonly timeout?: number;
  readonly concurrency?: number;
  readonly runs?: number;
  readonly seed?: number;
  readonly strict?: boolean;
  /** Path of a file of known failures; in the file it is relative to the file, here it is absolute. */
  readonly baseline?: string;
}

const text = { type: 'string', minLength: 1 };
const texts = { anyOf: [text, { type: 'array', minItems: 1, items: text }] };
const integer = { type: 'integer' };
const validate = fileSchema<Config>({
  type: 'object',
  additionalProperties: false,
  properties: {
    stimuli: { type: 'object' },
    headers: { type: 'object', additionalProperties: texts },
    tokens: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(TOKEN_KINDS.map((kind) => [kind, text])),
    },
    call: texts,
    revision: text,
    transport: text,
    timeout: integer,
    concurrency: integer,
    runs: integer,
    seed: integer,
    strict: { type: 'boolean' },
    baseline: text,
  },
});

/**
 * Reads a file of settings (YAML).
 *
 * @throws DataFileError when it cannot be read, has an unknown key or a value of the wrong type
 */
export function readConfig(path: string): Config {
  const { content } = readDataFile(path, validate);
  return content.baseline === undefined ? content : { ...content, baseline: resolve(dirname(path), content.baseline) };
}
