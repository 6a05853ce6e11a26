import type { Defect } from '../../../fixtures/defects/defect.ts';
import type { ServerSuites } from '../../../harness/run/run.ts';
import { serverSuites } from '../../../harness/run/suites.ts';
import { catalogue } from '../../../spec/catalogue.ts';
import type { Proving } from '../prove.ts';
import { type Laboratory, runTrial } from '../run-trial.ts';
import type { Blame, Trial, TrialResult } from '../trial.ts';

/** The shipped cases that have some ids, and nothing else. */
export function casesOf(...ids: readonly string[]): ServerSuites {
  const { cases } = serverSuites([]);
  return {
    cases: cases.filter(({ id }) => ids.includes(id)),
    coded: [],
    invariants: [],
  };
}

/** A proof over some defects and suites, tried for real, one after the other in this process. */
export function proving(defects: readonly Defect[], suites: ServerSuites, more: Partial<Proving> = {}): Proving {
  const laboratory: Laboratory = { suites, catalogue: catalogue(), userServiceUrl: 'http://127.0.0.1:1' };
  return {
    defects,
    only: null,
    clean: {},
    allRevisions: false,
    unproven: [],
    suites,
    catalogue: catalogue(),
    run: async (trials) => {
      const results: TrialResult[] = [];
      for (const trial of trials) {
        const subject = defects.find(({ id }) => id === trial.subject) ?? {};
        results.push(await runTrial(trial, subject, laboratory));
      }
      return results;
    },
    ...more,
  };
}

/** A result that was not tried for. */
export function resultOf(trial: Partial<Trial>, blames: readonly Partial<Blame>[] = []): TrialResult {
  return {
    kind: 'defect',
    subject: 'made.up',
    revision: '2025-11-25',
    transport: 'streamable-http',
    hopeless: null,
    loss: null,
    failures: [],
    blames: blames.map((blame) => ({
      requirement: '',
      verdict: 'fail',
      checks: ['some.check'],
      message: 'so',
      ...blame,
    })),
    durationMs: 1,
    ...trial,
  };
}

/** A defect of the given id and rule that changes nothing. */
export function harmless(more: Partial<Defect>): Defect {
  return {
    id: 'made.up',
    title: 'does nothing wrong',
    breaks: 'session.missing-400',
    revisions: ['2025-06-18', '2025-11-25'],
    transport: 'streamable-http',
    ...more,
  };
}
