import { loadClientSuites, loadSuites } from '../../harness/cli/load-suites.ts';
import { catalogue } from '../../spec/catalogue.ts';
import { type CoveringCheck, coverage } from './coverage.ts';
import { readExcuses } from './excuses.ts';
import { coverageText } from './print.ts';

const { suites: server } = loadSuites();
const { suites: client } = loadClientSuites();
const checks: CoveringCheck[] = [
  ...[...server.cases, ...server.invariants, ...server.coded].map((check) => ({ ...check, side: 'server' as const })),
  ...[...client.cases, ...client.invariants].map((check) => ({ ...check, side: 'client' as const })),
];
const rows = coverage(catalogue(), checks, readExcuses());
process.stdout.write(coverageText(rows, { verbose: process.argv.includes('--verbose') }));
process.exitCode = rows.some((row) => row.unchecked.some(({ reason }) => reason === null)) ? 1 : 0;
