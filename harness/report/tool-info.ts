import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../spec/package-root.ts';
import type { Report } from './report.ts';

/** Name and version of this program, and the version of the catalogue and suites that it judges by. */
export function toolInfo(): Report['tool'] {
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string };
  return { name: 'mcp-assay', version, catalogue: version };
}
