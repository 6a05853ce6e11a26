import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileSchema, readDataFile } from '../../spec/data-file.ts';
import { packageRoot } from '../../spec/package-root.ts';
import type { Report } from './report.ts';

/** Holds a value against `report.schema.json`. */
export const validateReport = fileSchema<Report>(
  JSON.parse(readFileSync(join(packageRoot, 'harness/report/report.schema.json'), 'utf8')) as object,
);

/**
 * Reads a report that `--json` wrote.
 *
 * @throws DataFileError when it cannot be read or is no report
 */
export function readReport(path: string): Report {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (validateReport(value)) return value;
  } catch {
    // Whatever is wrong, the reader of data files says it with its place; it is only too slow for large files.
  }
  return readDataFile(path, validateReport).content;
}
