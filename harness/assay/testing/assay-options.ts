import { catalogue } from '../../../spec/catalogue.ts';
import { serverSuites } from '../../run/suites.ts';
import { limitsFor } from '../../target/limits.ts';
import type { HeaderPairs } from '../../wire/headers.ts';
import { selectChecks } from '../select-checks.ts';
import type { ServerAssayOptions } from '../server-assay-options.ts';

/** Options for judging a server in a test by some of the cases and invariants; generous in time. */
export function assayOptions(url: string, globs: readonly string[], credentials: HeaderPairs = []): ServerAssayOptions {
  const suites = serverSuites([]);
  return {
    target: { url, credentials },
    limits: limitsFor(20_000),
    suites,
    catalogue: catalogue(),
    selection: globs.length ? selectChecks(globs, suites) : null,
    call: 'read-only',
    stimuli: {},
    concurrency: 8,
    runs: 10,
    seed: 1,
    baseline: null,
    notes: [],
    commandLine: { words: ['server', url], headers: [], options: [], generation: [] },
  };
}
