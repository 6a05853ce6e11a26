import { judgeTraces } from '../assay/judge-traces.ts';
import { allChecks, selectChecks } from '../assay/select-checks.ts';
import { UsageError } from '../assay/usage-error.ts';
import { exitCodeOf } from '../report/standing.ts';
import { readTraces } from '../trace/trace-file.ts';
import { BaselineWatch, readBaseline } from '../verdict/baseline.ts';
import type { CommandContext } from './context.ts';
import { loadSuites } from './load-suites.ts';
import type { ReportFlags } from './options.ts';
import { planOutputs } from './outputs.ts';
import { showOutcome } from './show-outcome.ts';

/**
 * Judges the traces of a file, shows and writes what came of it.
 *
 * @returns the exit code
 * @throws UsageError or DataFileError for anything wrong with the command line or a file
 */
export function judgeRecorded(path: string, flags: ReportFlags, context: CommandContext): number {
  const outputs = planOutputs(flags);
  const traces = readTraces(path);
  if (traces.some(({ header }) => header.side === 'client')) {
    throw new UsageError(`${path} holds the traffic of a client, which cannot be judged yet`);
  }
  const { suites, catalogue } = loadSuites();
  const selection = flags.case ? selectChecks(flags.case, suites) : null;
  const baseline =
    flags.baseline === undefined ? null : new BaselineWatch(readBaseline(flags.baseline, allChecks(suites), catalogue));
  const commandLine = { words: ['judge', path], headers: [], options: [], generation: [] };
  const report = judgeTraces(traces, { suites, catalogue, selection, baseline, commandLine });
  if (!report.cases.length) throw new UsageError(`${path} holds no traffic of the checks that --case selects`);
  const severity = { strict: flags.strict ?? false };
  showOutcome(report, outputs, { ...severity, verbose: flags.verbose ?? false }, context.terminal);
  return exitCodeOf(report, severity);
}
