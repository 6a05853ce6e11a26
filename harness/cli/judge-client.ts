import { runClientAssay } from '../assay/client-assay.ts';
import { allChecks, selectChecks } from '../assay/select-checks.ts';
import { UsageError } from '../assay/usage-error.ts';
import { limitsFor } from '../target/limits.ts';
import { hider } from '../target/target.ts';
import { BaselineWatch, readBaseline } from '../verdict/baseline.ts';
import type { CommandContext } from './context.ts';
import { loadClientSuites } from './load-suites.ts';
import type { ServerFlags } from './options.ts';
import { planOutputs, writeTrace } from './outputs.ts';
import { ProgressLine } from './progress.ts';
import { readSettings } from './settings.ts';
import { showOutcome } from './show-outcome.ts';

/**
 * Judges the client that a command line names, shows and writes what came of it.
 *
 * @returns the exit code
 * @throws UsageError or DataFileError for anything wrong with the command line or a file, before the run starts
 */
export async function judgeClient(flags: ServerFlags, { command, terminal }: CommandContext): Promise<number> {
  if (!command?.length) throw new UsageError('client needs a command to start: mcp-assay client -- COMMAND [ARG...]');
  if (flags.header?.length) throw new UsageError('--header is for servers; a client sends headers of its own');
  const outputs = planOutputs(flags);
  const settings = readSettings(flags);
  const { suites, catalogue } = loadClientSuites();
  const baseline = settings.baseline === null ? null : readBaseline(settings.baseline, allChecks(suites), catalogue);
  const progress = new ProgressLine(terminal.stderr);
  const { report, traces, exitCode } = await runClientAssay(
    {
      command,
      catalogue,
      limits: limitsFor(settings.timeout),
      concurrency: settings.concurrency ?? 8,
      selection: flags.case ? selectChecks(flags.case, suites) : null,
      baseline: baseline && new BaselineWatch(baseline),
      commandLine: { words: ['client'], headers: [], options: settings.repeated, generation: [], command },
      onProgress: (step) => progress.show(step),
    },
    settings.revisions,
    settings,
  );
  progress.clear();
  const text = writeTrace(outputs, traces, hider({ url: '', credentials: [] }));
  if (text) terminal.stdout.write(text);
  showOutcome(report, outputs, { strict: settings.strict, verbose: flags.verbose ?? false }, terminal);
  return exitCode;
}
