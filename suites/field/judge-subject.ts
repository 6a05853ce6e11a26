import { startServerAssay } from '../../harness/assay/server-assay.ts';
import type { Report } from '../../harness/report/report.ts';
import type { ServerSuites } from '../../harness/run/run.ts';
import { limitsFor } from '../../harness/target/limits.ts';
import type { Catalogue } from '../../spec/catalogue.ts';
import type { FieldSubject } from './field-subjects.ts';
import { emptyResult, type Sighting, type Trial, type TrialResult } from './trial.ts';

/** What every subject is judged by. */
export interface Laboratory {
  readonly suites: ServerSuites;
  readonly catalogue: Catalogue;
}

/** As a user would judge, but with the same generated input in every run. */
const LIMITS = limitsFor(10_000);
const SETTING = { limits: LIMITS, concurrency: 8, seed: 1, call: 'read-only', stimuli: {} } as const;
/** Generated inputs for each property. Over stdio each can cost the start of a process. */
const RUNS = { 'streamable-http': 50, 'http+sse': 50, stdio: 10 } as const;

/** Judges one subject at one revision: starts it, judges it by all that the suites have, and stops it. */
export async function judgeSubject(
  trial: Trial,
  subject: FieldSubject,
  { suites, catalogue }: Laboratory,
): Promise<TrialResult> {
  const start = performance.now();
  const lasted = () => Math.round(performance.now() - start);
  const { url, transport, command, close } = await subject.ready();
  try {
    const assay = await startServerAssay(
      {
        ...SETTING,
        runs: RUNS[subject.transport],
        suites,
        catalogue,
        selection: null,
        baseline: null,
        notes: [],
        commandLine: { words: [], headers: [], options: [], generation: [] },
        target: { url, credentials: [], ...(transport ? { transport } : {}), ...(command ? { command } : {}) },
      },
      trial.revision,
    );
    const { report } = await assay.finish();
    if (assay.hopeless !== null) return emptyResult(trial, lasted(), { hopeless: assay.hopeless });
    return { ...trial, ...resultIn(report), hopeless: null, durationMs: lasted() };
  } finally {
    await close();
  }
}

/** What a report says of the requirements that are broken. Pure. */
export function resultIn(report: Report): Pick<TrialResult, 'loss' | 'failures' | 'counts' | 'sightings'> {
  const { pass, fail, warn } = report.summary;
  return {
    loss: report.rootCause?.reason ?? null,
    failures: report.cases.flatMap(({ id, verdict, reason }) => (verdict === 'error' ? [`${id}: ${reason}`] : [])),
    counts: { pass, fail, warn },
    sightings: report.requirements.flatMap(({ id, verdict, link }): Sighting[] =>
      verdict === 'fail' || verdict === 'warn'
        ? [{ requirement: id, verdict, checks: checksAgainst(id, report), link }]
        : [],
    ),
  };
}

function checksAgainst(requirement: string, report: Report): Sighting['checks'] {
  return report.cases.flatMap(({ id, findings }) => {
    const found = findings.find((one) => one.requirement === requirement && one.verdict !== 'info');
    return found ? [{ id, message: found.message, exchange: found.evidence.exchange }] : [];
  });
}
