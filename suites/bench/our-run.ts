import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../spec/package-root.ts';
import { measure } from './measure.ts';

/** One run of the built program against a server. */
export interface Run {
  readonly wallMs: number;
  readonly peakMiB: number;
  readonly checks: number;
  /** The part of the time that is judging: without the start of the process and the writing of reports. */
  readonly judgingMs: number;
  readonly failed: number;
}

/**
 * Judges a server with the built program in a process of its own.
 *
 * @throws Error when there is no report, with what the program said
 */
export async function runOurs(node: string, url: string, flags: readonly string[]): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-bench-'));
  const file = join(folder, 'report.json');
  const main = join(packageRoot, 'dist/harness/cli/main.js');
  try {
    const { wallMs, peakMiB, output } = await measure(node, [
      main,
      'server',
      url,
      '--seed',
      '1',
      '--json',
      file,
      ...flags,
    ]);
    const text = await readFile(file, 'utf8').catch(() =>
      Promise.reject(new Error(`no report was written: ${output}`)),
    );
    const report: { durationMs: number; cases: { verdict: string }[] } = JSON.parse(text);
    return {
      wallMs,
      peakMiB,
      checks: report.cases.length,
      judgingMs: report.durationMs,
      failed: report.cases.filter(({ verdict }) => verdict === 'fail' || verdict === 'error').length,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
