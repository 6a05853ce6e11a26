import type { StartClient } from '../../../harness/client/run/client-under-test.ts';
import { assayClient, type ClientRunOptions, clientSuites } from '../../../harness/client/run/start-client-assay.ts';
import { limitsFor } from '../../../harness/target/limits.ts';
import { rulingOf, rulingOnCheck } from '../../../harness/verdict/check.ts';
import { catalogue } from '../../../spec/catalogue.ts';

/** What an assay found, in short. */
export interface Found {
  /** `VERDICT REQUIREMENT`, once each, for all that fails or warns. */
  readonly blamed: readonly string[];
  /** Every finding in full, to be read when a test fails. */
  readonly findings: readonly string[];
  /** `REASON CHECK: why`, for all that was skipped or met with a fault of the harness. */
  readonly skipped: readonly string[];
  readonly passed: readonly string[];
  readonly rootCause: string | null;
}

/** Judges a client by the client suites, or by a part of them, and gives what it found. */
export async function findIn(start: StartClient, options: Partial<ClientRunOptions> = {}): Promise<Found> {
  const all = catalogue();
  const started = await assayClient(start, 'tested', clientSuites(), all, {
    revision: '2025-11-25',
    limits: limitsFor(5_000),
    concurrency: 12,
    ...options,
  });
  const { results } = await started.done;
  const broken = results.flatMap((result) =>
    result.sightings.flatMap(({ outcome, trace }) => {
      if (outcome.kind !== 'broken') return [];
      const verdict = rulingOf(outcome, all, started.revision)?.verdict;
      return verdict === 'fail' || verdict === 'warn'
        ? [
            {
              blame: `${verdict} ${outcome.requirement}`,
              full: `${result.id} (${trace.header.case}): ${outcome.message}`,
            },
          ]
        : [];
    }),
  );
  const rulings = results.map((result) => ({ id: result.id, ...rulingOnCheck(result, all, started.revision) }));
  return {
    blamed: [...new Set(broken.map(({ blame }) => blame))].sort(),
    findings: broken.map(({ full }) => full),
    skipped: rulings.flatMap((ruling) => {
      if (ruling.verdict === 'error') return [`error ${ruling.id}: ${ruling.reason}`];
      return ruling.verdict === 'skip' ? [`${ruling.skip} ${ruling.id}: ${ruling.reason}`] : [];
    }),
    passed: rulings.flatMap(({ id, verdict }) => (verdict === 'pass' ? [id] : [])),
    rootCause: started.rootCause?.reason ?? null,
  };
}

const firstExamples = new Map<string, string>();
for (const { id } of clientSuites().cases) {
  const name = id.split('/')[0] ?? id;
  if (!firstExamples.has(name)) firstExamples.set(name, id);
}

/** Whether a check is an invariant, a case, or the first example of one: enough where all examples would take long. */
export function isFirstExample(id: string): boolean {
  return id.startsWith('invariant.') || firstExamples.get(id.split('/')[0] ?? id) === id;
}
