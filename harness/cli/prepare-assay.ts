import { allChecks, selectChecks } from '../assay/select-checks.ts';
import type { ServerAssayOptions } from '../assay/server-assay-options.ts';
import { limitsFor } from '../target/limits.ts';
import { hider, type Target } from '../target/target.ts';
import type { ServerCommand } from '../transport/server-process.ts';
import { BaselineWatch, readBaseline } from '../verdict/baseline.ts';
import { loadSuites } from './load-suites.ts';
import type { ServerFlags } from './options.ts';
import { type RunSettings, readSettings } from './settings.ts';

/** A run that only lacks its target. */
export interface PreparedAssay {
  readonly settings: RunSettings;
  /** Everything for judging a server. */
  optionsFor(place: TargetPlace): ServerAssayOptions;
}

/** Where a server is: at a URL, or started by a command (`url` then only names it). */
export interface TargetPlace {
  readonly url: string;
  readonly command?: ServerCommand;
  /** Remarks for the report. */
  readonly notes?: readonly string[];
}

/**
 * Reads the options of a run with the files that they name. Whoever judges a server by the options of the command line
 * begins here: the command itself, and the vitest file that makes a test of each check.
 *
 * @throws UsageError or DataFileError for an option or a file that cannot be used
 */
export function prepareAssay(flags: ServerFlags): PreparedAssay {
  const settings = readSettings(flags);
  const { suites, catalogue } = loadSuites();
  const selection = flags.case ? selectChecks(flags.case, suites) : null;
  const baseline = settings.baseline === null ? null : readBaseline(settings.baseline, allChecks(suites), catalogue);
  return {
    settings,
    optionsFor: ({ url, command, notes = [] }) => {
      const target: Target = {
        url,
        credentials: settings.credentials,
        tokens: settings.tokens,
        ...(command ? { command } : settings.transport ? { transport: settings.transport } : {}),
      };
      return {
        ...settings,
        target,
        limits: limitsFor(settings.timeout),
        suites,
        catalogue,
        selection,
        baseline: baseline && new BaselineWatch(baseline),
        notes,
        commandLine: {
          words: ['server', ...(flags.reference ? ['--reference'] : command ? [] : [hider(target)(url)])],
          headers: settings.headerNames,
          options: settings.repeated,
          generation: flags.runs === undefined ? [] : ['--runs', flags.runs],
          ...(command ? { command: [command.command, ...command.args] } : {}),
        },
      };
    },
  };
}
