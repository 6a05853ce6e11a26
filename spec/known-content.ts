import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { packageRoot } from './package-root.ts';

/** The data files of the package, parsed and found good, by their paths in it. */
export interface KnownFiles {
  readonly [path: string]: KnownFile;
}

/** A parsed data file, with what tells its text from every other. */
interface KnownFile {
  readonly digest: string;
  readonly content: unknown;
}

/** Where a build writes them; beside the source there are none. */
export const knownFilesPath = new URL('./known-files.json', import.meta.url);

let built: KnownFiles | undefined;

function builtFiles(): KnownFiles {
  built ??= existsSync(knownFilesPath) ? (JSON.parse(readFileSync(knownFilesPath, 'utf8')) as KnownFiles) : {};
  return built;
}

/**
 * The content of a data file as the build found it, so that an installed program need not spend half a second on reading
 * YAML; undefined for a file that is none of the package's, and for one that has changed since.
 */
export function knownContent<T>(path: string, text: string, files = builtFiles()): { readonly content: T } | undefined {
  const file = files[keyOf(path)];
  return file && file.digest === digestOf(text) ? { content: file.content as T } : undefined;
}

/** A file as one of the known ones: its name whatever the folder that the package is in, and what is known of it. */
export function asKnown(path: string, text: string, content: unknown): [path: string, file: KnownFile] {
  return [keyOf(path), { digest: digestOf(text), content }];
}

function keyOf(path: string): string {
  return relative(packageRoot, path).replaceAll('\\', '/');
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
