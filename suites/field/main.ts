import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UsageError } from '../../harness/assay/usage-error.ts';
import { catalogue } from '../../spec/catalogue.ts';
import { packageRoot } from '../../spec/package-root.ts';
import { readCommandLine, USAGE } from './command-line.ts';
import { judgeField } from './field.ts';
import { fieldSubjects } from './field-subjects.ts';
import { readFindings } from './findings.ts';
import { pageOf } from './page.ts';
import { progressLine, summaryText } from './print.ts';
import { reportOf } from './report.ts';
import { runTrials } from './worker-pool.ts';

/** Judges the real servers, prints and writes what came of it. */
async function main(): Promise<number> {
  const { only, jobs } = readCommandLine(process.argv.slice(2));
  const subjects = fieldSubjects.filter(({ name }) => only?.(name) ?? true);
  if (!subjects.length) {
    throw new UsageError(`--only matches no subject; there are ${fieldSubjects.map(({ name }) => name).join(', ')}`);
  }
  const start = performance.now();
  const field = await judgeField(subjects, readFindings(), (trials) => {
    let done = 0;
    return runTrials(trials, jobs, (result) => {
      done += 1;
      process.stderr.write(`${progressLine(result, done, trials.length)}\n`);
    });
  });
  write('reports/field.json', `${JSON.stringify(reportOf(field), null, 2)}\n`);
  // a page about a part of the subjects would hide the others
  const whole = only === null && field.absent.length === 0;
  if (whole) write('docs/field.md', pageOf(field, catalogue()));
  process.stdout.write(`${summaryText(field)}\nTook ${Math.round((performance.now() - start) / 1000)} s.\n`);
  return field.faults.length ? 1 : 0;
}

function write(path: string, text: string): void {
  const file = join(packageRoot, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n\n${USAGE}`);
  process.exitCode = 2;
}
