import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ambiguities } from '../../spec/ambiguities.ts';
import { asKnown, type KnownFiles } from '../../spec/known-content.ts';
import { packageRoot } from '../../spec/package-root.ts';
import { loadClientSuites, loadSuites } from './load-suites.ts';

/**
 * The data files that the program reads, all found good.
 *
 * @throws DataFileError when one cannot be used
 */
export function knownFiles(): KnownFiles {
  loadSuites();
  loadClientSuites();
  ambiguities();
  const names = ['spec', 'suites/server', 'suites/client'].flatMap((folder) =>
    readdirSync(join(packageRoot, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  return Object.fromEntries(
    names
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => {
        const path = join(packageRoot, name);
        const text = readFileSync(path, 'utf8');
        return asKnown(path, text, parse(text));
      }),
  );
}
