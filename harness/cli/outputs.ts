import {
  accessSync,
  appendFileSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { extname, resolve } from 'node:path';
import { UsageError } from '../assay/usage-error.ts';
import { badgeEndpoint, badgeSvg } from '../report/badge.ts';
import { jsonReport } from '../report/json.ts';
import { junitReport } from '../report/junit.ts';
import { markdownReport } from '../report/markdown.ts';
import type { Report } from '../report/report.ts';
import type { Severity } from '../report/standing.ts';
import type { Trace } from '../trace/trace.ts';
import { traceText, writeTraces } from '../trace/trace-file.ts';

/** Where reports and traces go, as the command line has it; `-` is standard output. */
export interface OutputFlags {
  readonly json?: string;
  readonly junit?: string;
  readonly markdown?: string;
  readonly badge?: string;
  readonly trace?: string;
}

type Format = Exclude<keyof OutputFlags, 'trace'>;

/** The files of a run, known to be writable. */
export interface Outputs {
  readonly reports: readonly { readonly format: Format; readonly path: string }[];
  readonly trace: string | null;
  /** Whether one of them is standard output, so that what is for people must go elsewhere. */
  readonly takesStdout: boolean;
}

/**
 * Checks before a run that its files can be written after it.
 *
 * @throws UsageError when one cannot, or when two would be the same
 */
export function planOutputs(flags: OutputFlags): Outputs {
  const given = (['json', 'junit', 'markdown', 'badge', 'trace'] as const).flatMap((name) =>
    flags[name] === undefined ? [] : [{ name, path: flags[name] }],
  );
  const seen = new Map<string, string>();
  for (const { name, path } of given) {
    const place = path === '-' ? path : resolve(path);
    const other = seen.get(place);
    if (other) {
      const what = path === '-' ? 'standard output' : path;
      throw new UsageError(`--${other} and --${name} both write to ${what}; give one of them another file`);
    }
    seen.set(place, name);
    if (name === 'badge') checkBadge(path);
    if (path !== '-') checkWritable(`--${name}`, path);
  }
  return {
    reports: given.flatMap(({ name, path }) => (name === 'trace' ? [] : [{ format: name, path }])),
    trace: flags.trace ?? null,
    takesStdout: given.some(({ path }) => path === '-'),
  };
}

function checkBadge(path: string): void {
  if (['.svg', '.json'].includes(extname(path))) return;
  throw new UsageError(`--badge ${path}: give a file that ends in .svg (an image) or .json (for shields.io)`);
}

function checkWritable(option: string, path: string): void {
  try {
    if (existsSync(path)) {
      accessSync(path, constants.W_OK);
      closeSync(openSync(path, 'a'));
    } else {
      closeSync(openSync(path, 'wx'));
      unlinkSync(path);
    }
  } catch (error) {
    throw unwritable(option, path, error);
  }
}

/** The sentence for a file that cannot be written. */
function unwritable(option: string, path: string, error: unknown): UsageError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  const why = { ENOENT: 'its folder does not exist', EISDIR: 'it is a folder', EACCES: 'you may not write there' }[
    code
  ];
  return new UsageError(`${option} ${path}: cannot be written, ${why ?? `the system says ${code}`}`);
}

/**
 * Writes the reports; one for standard output comes back as text.
 *
 * @throws UsageError when a file cannot be written after all
 */
export function writeReports({ reports }: Outputs, report: Report, severity: Severity): string {
  return reports
    .map(({ format, path }) => {
      const text = render(format, path, report, severity);
      if (path === '-') return text;
      try {
        // Steps before this one may have written a summary of theirs.
        if (format === 'markdown' && path === process.env.GITHUB_STEP_SUMMARY) appendFileSync(path, text);
        else writeFileSync(path, text);
      } catch (error) {
        throw unwritable(`--${format}`, path, error);
      }
      return '';
    })
    .join('');
}

/**
 * Writes the traces of a run, secrets hidden; those for standard output come back as text.
 *
 * @throws UsageError when the file cannot be written after all
 */
export function writeTrace({ trace }: Outputs, traces: readonly Trace[], hide: (text: string) => string): string {
  if (trace === '-') return traces.map((one) => traceText(one, hide)).join('');
  try {
    if (trace !== null) writeTraces(trace, traces, hide);
  } catch (error) {
    throw unwritable('--trace', trace ?? '', error);
  }
  return '';
}

function render(format: Format, path: string, report: Report, severity: Severity): string {
  switch (format) {
    case 'json':
      return jsonReport(report);
    case 'junit':
      return junitReport(report, severity);
    case 'markdown':
      return markdownReport(report, severity);
    case 'badge':
      return extname(path) === '.svg' ? badgeSvg(report, severity) : badgeEndpoint(report, severity);
  }
}
