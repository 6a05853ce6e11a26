import { afterAll } from 'vitest';
import { startUserService } from '../fixtures/user-service/start.ts';
import { startServerAssay } from '../harness/assay/server-assay.ts';
import { loadSuites } from '../harness/cli/load-suites.ts';
import { limitsFor } from '../harness/target/limits.ts';
import { startReferenceServer } from '../reference-server/index.ts';
import { checksAsTests } from './testing/checks-as-tests.ts';

const SEED = Number(process.env.ASSAY_SEED ?? 20251125);

const service = await startUserService({ log: (line) => console.log(line) });
console.log(service.detail);
console.log(`seed of generated input: ${SEED} (ASSAY_SEED sets another)`);

afterAll(async () => {
  await service.stop();
});

for (const answers of ['json', 'sse'] as const) {
  const server = await startReferenceServer({ userServiceUrl: service.url, answers, log: () => undefined });
  afterAll(() => server.close());
  for (const revision of ['2025-03-26', '2025-06-18', '2025-11-25', '2026-07-28'] as const) {
    const assay = await startServerAssay(
      {
        ...loadSuites(),
        target: { url: server.url, credentials: [] },
        limits: limitsFor(20_000),
        concurrency: 8,
        runs: 100,
        seed: SEED,
        call: 'read-only',
        stimuli: {},
        selection: null,
        baseline: null,
        notes: [],
        commandLine: { words: ['server', '--reference'], headers: [], options: [], generation: [] },
      },
      revision,
    );
    checksAsTests(`the reference server at ${revision}, answering with ${answers}`, assay, {
      failing: ['fail', 'warn', 'blocked'],
    });
  }
}
