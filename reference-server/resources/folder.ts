import { isUtf8 } from 'node:buffer';
import { open, readdir, realpath } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import type { ResourceContents } from '../content/content.ts';
import type { Resource, ResourceSource } from './resource.ts';

/** Larger files are not served, and more files than this are not listed. */
const MOST_BYTES = 1024 * 1024;
const MOST_FILES = 1000;

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.csv': 'text/csv',
  '.gif': 'image/gif',
  '.html': 'text/html',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.md': 'text/markdown',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ts': 'text/plain',
  '.txt': 'text/plain',
  '.wav': 'audio/wav',
  '.xml': 'application/xml',
  '.yaml': 'application/yaml',
};

/** How URIs become paths, and the check that keeps every path inside the folder. */
export interface FolderSteps {
  pathOf: typeof pathOf;
  isInside: typeof isInside;
}

/**
 * Serves the files of a folder, at `file:///` and their path in it: the URIs look like those of a file system whose root
 * is the folder (server/resources, "Common URI Schemes"). Files that are too large, and whatever is no regular file, are
 * not there.
 */
export function folderSource(folder: string, steps: FolderSteps): ResourceSource {
  const read = (uri: string) => readFile(folder, uri, steps);
  return {
    list: () => listFiles(folder, read),
    templates: [
      {
        uriTemplate: 'file:///{+path}',
        name: 'file',
        title: 'A file',
        description: 'A file of the folder that this server shares.',
        mimeType: 'application/octet-stream',
        values: { path: async () => (await listFiles(folder, read)).map(({ name }) => name) },
        has: async (uri) => (await read(uri)) !== undefined,
        read,
      },
    ],
  };
}

/**
 * The path in the folder that a URI names, with `/` between its segments; undefined when the URI is none of ours or the
 * path has a segment that leads elsewhere. Escapes are undone once, and what they hide is checked after that
 * (2026-07-28, server/resources, "Security Considerations").
 */
export function pathOf(uri: string): string | undefined {
  const [, encoded] = /^file:\/\/\/([^?#]+)$/.exec(uri) ?? [];
  if (encoded === undefined) return undefined;
  let path: string;
  try {
    path = decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
  const segments = path.split('/');
  const bad = segments.some(
    (segment) => segment === '' || segment === '.' || segment === '..' || /[\\\0:]/.test(segment),
  );
  return bad ? undefined : path;
}

/** Whether a path, with all links in it followed, lies in a folder, of which the same is known. */
export function isInside(realFolder: string, realFile: string): boolean {
  const way = relative(realFolder, realFile);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`);
}

async function readFile(
  folder: string,
  uri: string,
  { pathOf, isInside }: FolderSteps,
): Promise<ResourceContents[] | undefined> {
  const path = pathOf(uri);
  if (path === undefined) return undefined;
  try {
    const [realFolder, realFile] = await Promise.all([realpath(folder), realpath(join(folder, path))]);
    if (!isInside(realFolder, realFile)) return undefined;
    const file = await open(realFile, 'r');
    try {
      const facts = await file.stat();
      if (!facts.isFile() || facts.size > MOST_BYTES) return undefined;
      return [contentsOf(uri, path, await file.readFile())];
    } finally {
      await file.close();
    }
  } catch {
    // What cannot be read is not there for the client; why is nothing it should know.
    return undefined;
  }
}

function contentsOf(uri: string, path: string, bytes: Buffer): ResourceContents {
  const mimeType = typeOf(path);
  return isUtf8(bytes) && !bytes.includes(0)
    ? { uri, mimeType, text: bytes.toString('utf8') }
    : { uri, mimeType, blob: bytes.toString('base64') };
}

async function listFiles(folder: string, read: (uri: string) => ReturnType<typeof readFile>): Promise<Resource[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
    .slice(0, MOST_FILES)
    .map((path) => {
      const uri = `file:///${path.split('/').map(encodeURIComponent).join('/')}`;
      return {
        uri,
        name: path,
        title: path,
        description: 'A file of the folder that this server shares.',
        mimeType: typeOf(path),
        read: async () => (await read(uri)) ?? [],
      };
    });
}

function typeOf(path: string): string {
  return TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';
}
