import { type ServerSuites, startRun } from '../../harness/run/run.ts';
import { survey } from '../../harness/survey/survey.ts';
import { type Limits, limitsFor } from '../../harness/target/limits.ts';
import type { Target } from '../../harness/target/target.ts';
import type { Catalogue } from '../../spec/catalogue.ts';
import { blamesIn } from './blames.ts';
import { type Subject, startSubject } from './start-subject.ts';
import type { Trial, TrialResult } from './trial.ts';

/** What all trials share. */
export interface Laboratory {
  readonly suites: ServerSuites;
  readonly catalogue: Catalogue;
  readonly userServiceUrl: string;
}

/** Milliseconds for one step. No defect is to be taken for slow; those that never answer cost this much each time. */
const STEP_MS = 5_000;
const LIMITS: Limits = limitsFor(STEP_MS);
/** The same generated input in every trial, so that it is the defect that makes the difference. */
const GENERATION = { runs: 15, seed: 1 } as const;
const CONCURRENCY = 8;

/** Tries one subject: starts it, judges it by all that the suites have, and stops it. */
export async function runTrial(trial: Trial, subject: Subject, laboratory: Laboratory): Promise<TrialResult> {
  const start = performance.now();
  const running = await startSubject(trial.transport, subject, laboratory.userServiceUrl);
  try {
    const found = await judge(trial, running.target, subject, laboratory);
    return { ...trial, ...found, durationMs: Math.round(performance.now() - start) };
  } finally {
    await running.close();
  }
}

async function judge(
  { revision }: Trial,
  target: Target,
  { concurrency, stimuli = {} }: Subject,
  { suites, catalogue }: Laboratory,
): Promise<Pick<TrialResult, 'hopeless' | 'loss' | 'failures' | 'blames'>> {
  const found = await survey(target, LIMITS, revision);
  if (found.kind === 'hopeless') return { hopeless: found.reason, loss: null, failures: [], blames: [] };
  const run = startRun(found, suites, catalogue, {
    target,
    limits: LIMITS,
    concurrency: concurrency ?? CONCURRENCY,
    ...GENERATION,
    call: 'read-only',
    stimuli,
  });
  const { results, loss } = await run.done;
  return {
    hopeless: null,
    loss: loss?.reason ?? null,
    failures: results.flatMap(({ id, harnessFailure }) =>
      harnessFailure === null ? [] : [`${id}: ${harnessFailure}`],
    ),
    blames: blamesIn(results, catalogue, revision),
  };
}
