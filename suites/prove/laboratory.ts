import { defects } from '../../fixtures/defects/server/index.ts';
import { serverSuites } from '../../harness/run/suites.ts';
import { catalogue } from '../../spec/catalogue.ts';
import { codedChecks } from '../coded-checks.ts';
import { cleanSubjects } from './clean-subjects.ts';
import { type Laboratory, runTrial } from './run-trial.ts';
import type { Subject } from './start-subject.ts';
import type { Trial, TrialResult } from './trial.ts';

/** The suites and the catalogue as they are shipped. */
export function shippedLaboratory(userServiceUrl: string): Laboratory {
  return { suites: serverSuites(codedChecks), catalogue: catalogue(), userServiceUrl };
}

/**
 * Tries a subject that is known by its name.
 *
 * @throws RangeError when there is no such subject
 */
export function tryByName(trial: Trial, laboratory: Laboratory): Promise<TrialResult> {
  const found: Subject | undefined =
    trial.kind === 'clean' ? cleanSubjects[trial.subject] : defects.find(({ id }) => id === trial.subject);
  if (!found) throw new RangeError(`there is no ${trial.kind} subject "${trial.subject}"`);
  return runTrial(trial, found, laboratory);
}
