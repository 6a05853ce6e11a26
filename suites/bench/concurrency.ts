import { runOurs } from './our-run.ts';
import type { Row, Section } from './section.ts';

const CASES_AT_A_TIME = [1, 4, 8, 16, 32] as const;

/** The same run with more and more cases at a time. */
export async function benchConcurrency(url: string): Promise<Section> {
  const rows: Row[] = [];
  for (const cases of CASES_AT_A_TIME) {
    const run = await runOurs(process.execPath, url, ['--revision', '2025-11-25', '--concurrency', String(cases)]);
    rows.push({
      'cases at a time': cases,
      checks: run.checks,
      failed: run.failed,
      'judging ms': run.judgingMs,
      'peak MiB': Math.round(run.peakMiB),
    });
  }
  return { title: 'a full run at 2025-11-25 by --concurrency', rows };
}
