import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defects } from '../../fixtures/defects/server/index.ts';
import { UsageError } from '../../harness/assay/usage-error.ts';
import { serverSuites } from '../../harness/run/suites.ts';
import { catalogue } from '../../spec/catalogue.ts';
import { packageRoot } from '../../spec/package-root.ts';
import { codedChecks } from '../coded-checks.ts';
import { cleanSubjects } from './clean-subjects.ts';
import { readCommandLine, USAGE } from './command-line.ts';
import { killMatrix } from './kill-matrix.ts';
import { progressLine, summaryText } from './print.ts';
import { prove } from './prove.ts';
import { readUnproven } from './read-unproven.ts';
import { reportOf } from './report.ts';
import { runTrials } from './worker-pool.ts';

/** Proves that each check can fail: tries every defect, prints and writes what came of it. */
async function main(): Promise<number> {
  const options = readCommandLine(process.argv.slice(2));
  if (options.only && !defects.some(({ id }) => options.only?.(id))) {
    throw new UsageError('--only matches no defect; their ids are in docs/kill-matrix.md');
  }
  const start = performance.now();
  const { proof, exitCode } = await prove({
    ...options,
    defects,
    clean: cleanSubjects,
    unproven: readUnproven(),
    suites: serverSuites(codedChecks),
    catalogue: catalogue(),
    run: (trials) => {
      let done = 0;
      return runTrials(trials, options.jobs, (result) => {
        done += 1;
        process.stderr.write(`${progressLine(result, done, trials.length)}\n`);
      });
    },
  });
  write('reports/prove.json', `${JSON.stringify(reportOf(proof), null, 2)}\n`);
  if (!options.only) write('docs/kill-matrix.md', killMatrix(proof));
  process.stdout.write(`${summaryText(proof)}\nTook ${Math.round((performance.now() - start) / 1000)} s.\n`);
  return exitCode;
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
