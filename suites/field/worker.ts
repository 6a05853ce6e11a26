import { serverSuites } from '../../harness/run/suites.ts';
import { catalogue } from '../../spec/catalogue.ts';
import { codedChecks } from '../coded-checks.ts';
import { fieldSubjects } from './field-subjects.ts';
import { judgeSubject } from './judge-subject.ts';
import { emptyResult, type Trial, type TrialResult } from './trial.ts';

/** Judges one subject after the other, as the process that forked this one asks, until that lets go. */
const laboratory = { suites: serverSuites(codedChecks), catalogue: catalogue() };
// what some SDKs warn of otherwise, on standard error, is no part of the result
process.env.NODE_ENV = 'test';

async function judge(trial: Trial): Promise<TrialResult> {
  const start = performance.now();
  const subject = fieldSubjects.find(({ name }) => name === trial.subject);
  if (!subject) throw new RangeError(`there is no subject "${trial.subject}"`);
  try {
    return await judgeSubject(trial, subject, laboratory);
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return emptyResult(trial, Math.round(performance.now() - start), { failures: [reason] });
  }
}

process.on('message', (trial: Trial) => {
  judge(trial).then(
    (result) => process.send?.(result),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
