import { factsOf } from '../../spec/revisions.ts';
import { runServerAssay } from '../assay/run-server-assay.ts';
import type { Progress } from '../assay/server-assay-options.ts';
import { UsageError } from '../assay/usage-error.ts';
import { hider } from '../target/target.ts';
import type { CommandContext } from './context.ts';
import type { ServerFlags } from './options.ts';
import { planOutputs, writeTrace } from './outputs.ts';
import { prepareAssay, type TargetPlace } from './prepare-assay.ts';
import { ProgressLine } from './progress.ts';
import { withReference } from './reference.ts';
import { showOutcome } from './show-outcome.ts';
import { targetUrl } from './target-url.ts';

/**
 * Judges the server that a command line names, shows and writes what came of it.
 *
 * @returns the exit code
 * @throws UsageError or DataFileError for anything wrong with the command line or a file, before the run starts
 */
export async function judgeServer(
  url: string | undefined,
  flags: ServerFlags,
  context: CommandContext,
): Promise<number> {
  const where = whatToJudge(url, flags, context);
  const outputs = planOutputs(flags);
  const { settings, optionsFor } = prepareAssay(flags);
  const progress = new ProgressLine(context.terminal.stderr);

  const judge = async (place: TargetPlace): Promise<number> => {
    const options = { ...optionsFor(place), onProgress: (step: Progress) => progress.show(step) };
    const { report, traces, exitCode } = await runServerAssay(options, settings.revisions, settings);
    progress.clear();
    const text = writeTrace(outputs, traces, hider(options.target));
    if (text) context.terminal.stdout.write(text);
    showOutcome(report, outputs, { strict: settings.strict, verbose: flags.verbose ?? false }, context.terminal);
    return exitCode;
  };
  if (where !== 'reference') return judge(where);
  const { revisions } = settings;
  const older =
    Array.isArray(revisions) && revisions.every((one) => !factsOf(one).transports.includes('streamable-http'));
  return withReference(progress, settings.transport ?? (older ? 'http+sse' : 'streamable-http'), judge);
}

function whatToJudge(
  url: string | undefined,
  flags: ServerFlags,
  { command }: CommandContext,
): TargetPlace | 'reference' {
  const given = [url !== undefined, flags.reference === true, command !== null].filter(Boolean).length;
  if (given !== 1) {
    throw new UsageError(
      `${given ? 'server takes only one target' : 'server needs a target'}: a URL, --reference, or -- and a command`,
    );
  }
  if (command) {
    const [program, ...args] = command;
    if (!program) throw new UsageError('server needs a command behind --: mcp-assay server -- COMMAND [ARG...]');
    if (flags.header?.length)
      throw new UsageError('--header is for servers at a URL; a server over stdio gets no headers');
    if (flags.transport !== undefined && flags.transport !== 'auto')
      throw new UsageError('--transport is for servers at a URL; one that a command starts is spoken to over stdio');
    return { url: command.join(' '), command: { command: program, args, env: {} } };
  }
  return url === undefined ? 'reference' : { url: targetUrl(url) };
}
