import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ambiguities } from '../../spec/ambiguities.ts';
import { dataFilesBelow } from '../../spec/data-file.ts';
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
  const paths = ['spec', 'suites/server', 'suites/client'].flatMap((folder) =>
    dataFilesBelow(join(packageRoot, folder)),
  );
  return Object.fromEntries(
    paths.map((path) => {
      const text = readFileSync(path, 'utf8');
      return asKnown(path, text, parse(text));
    }),
  );
}
