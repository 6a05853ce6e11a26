import { startDelay } from './delay-proxy.ts';
import { runOurs } from './our-run.ts';
import type { Row, Section } from './section.ts';

const ONE_WAY_MS = [0, 20, 100] as const;

/** The same run against a server that is farther and farther away. */
export async function benchLatency(url: string): Promise<Section> {
  const rows: Row[] = [];
  for (const oneWayMs of ONE_WAY_MS) {
    const delay = await startDelay(url, oneWayMs);
    try {
      const run = await runOurs(process.execPath, delay.url, ['--revision', '2025-11-25']);
      rows.push({
        'one way ms': oneWayMs,
        'round trip ms': 2 * oneWayMs,
        checks: run.checks,
        failed: run.failed,
        'judging ms': run.judgingMs,
      });
    } finally {
      await delay.stop();
    }
  }
  return { title: 'a full run at 2025-11-25 through a proxy that delays what is sent', rows };
}
