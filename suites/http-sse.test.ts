import { afterAll, describe, expect, it } from 'vitest';
import { subjectsOverSse } from '../fixtures/subjects/over-sse.ts';
import { startUserService } from '../fixtures/user-service/start.ts';
import { runServerAssay } from '../harness/assay/run-server-assay.ts';
import { startServerAssay } from '../harness/assay/server-assay.ts';
import { loadSuites } from '../harness/cli/load-suites.ts';
import { limitsFor } from '../harness/target/limits.ts';
import { startReferenceServer } from '../reference-server/index.ts';
import { checksAsTests } from './testing/checks-as-tests.ts';

const TIMEOUT = 300_000;

const optionsFor = (url: string) => ({
  ...loadSuites(),
  target: { url, credentials: [] },
  limits: limitsFor(20_000),
  concurrency: 8,
  runs: 10,
  seed: 1,
  call: 'read-only' as const,
  stimuli: {},
  selection: null,
  baseline: null,
  notes: [],
  commandLine: { words: ['server', '--reference'], headers: [], options: [], generation: [] },
});

const service = await startUserService({ prefer: 'embedded', count: 20 });
const server = await startReferenceServer({ userServiceUrl: service.url, log: () => undefined });
afterAll(async () => {
  await server.close();
  await service.stop();
});

checksAsTests(
  'the reference server over HTTP+SSE',
  await startServerAssay(optionsFor(server.sseUrl ?? ''), '2024-11-05'),
  { failing: ['fail', 'warn', 'blocked'] },
);

describe('servers over HTTP+SSE that nobody here wrote', () => {
  /** What each of them gets wrong indeed; for the first two the SDK is to blame. */
  const TRUE_FINDINGS: { readonly [name: string]: readonly string[] } = {
    'sdk-v1-over-sse': ['page.invalid-32602', 'resources.not-found-32002'],
    'everything-over-sse': [
      'cancel.receiver.stop',
      'http.origin.validate',
      'jsonrpc.schema',
      'log.invalid-level-32602',
      'page.invalid-32602',
      'resources.not-found-32002',
    ],
  };
  it.each(Object.keys(TRUE_FINDINGS))(
    '%s is found by itself, and blamed for nothing else',
    async (name) => {
      const subject = await subjectsOverSse[name]?.start();
      if (!subject) throw new Error(`there is no subject ${name}`);
      try {
        const { report } = await runServerAssay(optionsFor(subject.url), 'auto', { strict: false });
        expect(report.target).toMatchObject({ revision: '2024-11-05', transport: 'http+sse' });
        expect(report.notes.join()).toContain('Judged over HTTP+SSE');
        const accused = report.cases.flatMap(({ findings }) =>
          findings.filter(({ verdict }) => verdict !== 'info').map(({ requirement }) => requirement),
        );
        expect(accused.filter((id) => !TRUE_FINDINGS[name]?.includes(id))).toEqual([]);
        expect(report.cases.filter(({ verdict }) => verdict === 'error' || verdict === 'blocked')).toEqual([]);
        expect(report.summary.pass).toBeGreaterThan(50);
      } finally {
        await subject.close();
      }
    },
    TIMEOUT,
  );
});
