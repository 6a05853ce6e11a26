import { randomInt } from 'node:crypto';
import { isRevision, REVISIONS, type Transport } from '../../spec/revisions.ts';
import { didYouMean } from '../assay/nearest.ts';
import type { RevisionChoice } from '../assay/run-server-assay.ts';
import { UsageError } from '../assay/usage-error.ts';
import type { CallPolicy, Stimuli } from '../stimuli/find-stimuli.ts';
import { type Config, readConfig } from '../target/config-file.ts';
import type { Tokens } from '../target/target.ts';
import type { HeaderPairs } from '../wire/headers.ts';
import { configuredHeaders, headerOptions } from './headers.ts';
import { configuredTokens } from './tokens.ts';

/** The options of a run as the command line has them. */
export interface RunFlags {
  readonly revision?: string;
  readonly transport?: string;
  readonly header?: readonly string[];
  readonly call?: string;
  readonly config?: string;
  readonly runs?: string;
  readonly seed?: string;
  readonly timeout?: string;
  readonly concurrency?: string;
  readonly strict?: boolean;
  readonly baseline?: string;
}

/** The options of a run, checked, with what the config file and the defaults add. */
export interface RunSettings {
  readonly revisions: RevisionChoice;
  /** The transport to speak at a URL; null to find it out. */
  readonly transport: Exclude<Transport, 'stdio'> | null;
  readonly credentials: HeaderPairs;
  /** Names of the headers of the command line. */
  readonly headerNames: readonly string[];
  readonly call: CallPolicy;
  readonly stimuli: Stimuli;
  readonly tokens: Tokens;
  readonly runs: number;
  readonly seed: number;
  /** Milliseconds for one step. */
  readonly timeout: number;
  /** Checks at the same time; null where nobody said how many. */
  readonly concurrency: number | null;
  readonly strict: boolean;
  readonly baseline: string | null;
  /** The options that change verdicts, as they must be repeated to run a check again. */
  readonly repeated: readonly string[];
}

const DEFAULTS = { timeout: 10_000, runs: 100 };
const HOUR = 3_600_000;

/**
 * Reads the options of a run. What the command line says comes before the config file, and that before the defaults.
 *
 * @throws UsageError for a value that cannot be used
 * @throws DataFileError for a config file that cannot be used
 */
export function readSettings(flags: RunFlags): RunSettings {
  const config: Config = flags.config === undefined ? {} : readConfig(flags.config);
  const pick = (name: 'timeout' | 'concurrency' | 'runs' | 'seed', least: number, most: number) => {
    if (flags[name] !== undefined) return wholeNumber(`--${name}`, flags[name], least, most);
    const value = config[name];
    return value === undefined ? undefined : wholeNumber(`"${name}" in ${flags.config}`, String(value), least, most);
  };
  const given = headerOptions(flags.header ?? []);
  return {
    revisions: readRevisions(flags.revision ?? config.revision ?? 'auto'),
    transport: readTransport(flags.transport ?? config.transport ?? 'auto'),
    credentials: [...configuredHeaders(config, flags.config ?? ''), ...given],
    headerNames: given.map(([name]) => name),
    call: readCall(flags.call ?? config.call ?? 'read-only'),
    stimuli: config.stimuli ?? {},
    tokens: configuredTokens(config, flags.config ?? ''),
    runs: pick('runs', 1, 100_000) ?? DEFAULTS.runs,
    seed: pick('seed', -(2 ** 31), 2 ** 31 - 1) ?? randomInt(2 ** 31),
    timeout: pick('timeout', 1, HOUR) ?? DEFAULTS.timeout,
    concurrency: pick('concurrency', 1, 256) ?? null,
    strict: flags.strict ?? config.strict ?? false,
    baseline: flags.baseline ?? config.baseline ?? null,
    repeated: (['transport', 'call', 'config', 'timeout'] as const).flatMap((name) =>
      flags[name] === undefined ? [] : [`--${name}`, flags[name]],
    ),
  };
}

/** Reads a whole number between two bounds; `name` says where it stands. */
export function wholeNumber(name: string, text: string, least: number, most: number): number {
  const number = /^-?\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new UsageError(`${name} must be a whole number from ${least} to ${most}, not ${JSON.stringify(text)}`);
}

/** Reads `auto`, `all`, or revisions separated by commas. */
export function readRevisions(text: string): RevisionChoice {
  if (text === 'auto' || text === 'all') return text;
  const names = text.split(',').map((name) => name.trim());
  return [...new Set(names)].map((name) => {
    if (isRevision(name)) return name;
    throw new UsageError(
      `--revision: there is no revision ${JSON.stringify(name)}${didYouMean(name, REVISIONS)}; known are ${REVISIONS.join(', ')}, and auto and all`,
    );
  });
}

const TRANSPORTS: { readonly [name: string]: RunSettings['transport'] } = {
  auto: null,
  'streamable-http': 'streamable-http',
  sse: 'http+sse',
  'http+sse': 'http+sse',
};

function readTransport(name: string): RunSettings['transport'] {
  const transport = Object.hasOwn(TRANSPORTS, name) ? TRANSPORTS[name] : undefined;
  if (transport !== undefined) return transport;
  if (name === 'stdio')
    throw new UsageError('--transport: over stdio a server is started by a command: mcp-assay server -- COMMAND');
  throw new UsageError(
    `--transport: there is no transport ${JSON.stringify(name)}; known are auto, streamable-http and sse`,
  );
}

function readCall(given: string | readonly string[]): CallPolicy {
  const names = (typeof given === 'string' ? given.split(',') : given).map((name) => name.trim()).filter(Boolean);
  const [only, ...more] = names;
  if (only === undefined) throw new UsageError('--call names no tool; give none, read-only, all, or names of tools');
  if (!more.length && (only === 'none' || only === 'read-only' || only === 'all')) return only;
  return names;
}
