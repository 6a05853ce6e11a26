import type { CheckResult } from '../verdict/check.ts';

/** What the command line of a run was, as far as it matters for running a part of it again. */
export interface CommandLine {
  /** The command with its operand, such as `server` and a URL. */
  readonly words: readonly string[];
  /** Names of the headers that were given; their values are never shown. */
  readonly headers: readonly string[];
  /** Options that change verdicts, with their values. */
  readonly options: readonly string[];
  /** Options that change what is generated, beside the seed. */
  readonly generation: readonly string[];
  /** The command that starts the target, where it is one. */
  readonly command?: readonly string[];
}

/**
 * The line that runs one check again. An invariant is judged on the traffic of the case that broke it; a property gets the
 * seed back that it had.
 *
 * @param revision the revision to judge at, or null where a trace says which it is
 */
export function reproduceLine(line: CommandLine, check: CheckResult, revision: string | null): string {
  const broken = check.sightings.find(({ outcome }) => outcome.kind === 'broken');
  const source = broken?.trace.header.case;
  const cases = source === undefined || source === 'survey' || source === check.id ? [check.id] : [source, check.id];
  return [
    'npx mcp-assay',
    ...line.words.map(shellWord),
    ...(revision === null ? [] : ['--revision', revision]),
    ...cases.flatMap((id) => ['--case', shellWord(id)]),
    ...(check.seed === undefined ? [] : ['--seed', String(check.seed), ...line.generation]),
    ...line.options.map(shellWord),
    ...line.headers.flatMap((name) => ['--header', headerWord(name)]),
    ...(line.command ? ['--', ...line.command.map(shellWord)] : []),
  ].join(' ');
}

/** A word as a POSIX shell takes it, quoted only where it must be. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** A header whose value the shell takes from a variable of that name. */
function headerWord(name: string): string {
  const variable = name.toUpperCase().replaceAll(/\W/g, '_');
  return /^[\w-]+$/.test(name) ? `"${name}: $${variable}"` : shellWord(`${name}: ...`);
}
