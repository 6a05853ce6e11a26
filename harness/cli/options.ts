import type { Command } from 'commander';
import type { OutputFlags } from './outputs.ts';
import type { RunFlags } from './settings.ts';

/** Options of every command that gives a report. */
export interface ReportFlags extends OutputFlags {
  readonly case?: readonly string[];
  readonly strict?: boolean;
  readonly baseline?: string;
  readonly verbose?: boolean;
}

/** Options of a run. */
export type ServerFlags = ReportFlags & RunFlags & { readonly reference?: boolean };

/** Adds what every command takes that gives a report. */
export function addReportOptions(command: Command): Command {
  return command
    .option('--case <glob>', 'only the checks whose id matches; may be given several times', collect)
    .option('--strict', 'warnings, and rules that nothing exercised, fail too')
    .option('--baseline <file>', 'known failures (YAML): they fail nothing, anything else does')
    .option('--json <file>', 'write the report as JSON; - is standard output')
    .option('--junit <file>', 'write the report as JUnit XML')
    .option('--markdown <file>', 'write a summary in Markdown; $GITHUB_STEP_SUMMARY is appended to')
    .option('--badge <file>', 'write a badge: .svg an image, .json for shields.io')
    .option('--verbose', 'list every check, those that say nothing included');
}

/** Adds what a run takes beyond that. */
export function addRunOptions(command: Command): Command {
  return command
    .option('--revision <list>', 'auto (the newest that the target accepts), all, or dates separated by commas')
    .option('--transport <name>', 'at a URL: auto, streamable-http, or sse (HTTP+SSE, the transport of 2024-11-05)')
    .option('--header <header>', "'Name: value' for every request; never shown; may be given several times", collect)
    .option('--call <tools>', 'tools to call with valid arguments: none, read-only (default), all, or names')
    .option('--config <file>', 'settings and stimuli (YAML)')
    .option('--runs <number>', 'inputs for each property (default 100)')
    .option('--seed <number>', 'seed of generated inputs (default: a new one each time)')
    .option('--timeout <ms>', 'longest time for one step (default 10000)')
    .option(
      '--concurrency <number>',
      'checks at the same time (default 16, 32 far away, 8 where each starts a command)',
    )
    .option('--trace <file>', 'write all that went over the wire, for "mcp-assay judge"');
}

/** Gathers the values of an option that may be given several times. */
function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}
