import type { JudgedFinding } from './findings.ts';
import type { Trial, TrialResult } from './trial.ts';

/** Something that keeps the field run from succeeding. */
export interface Fault {
  readonly kind: 'unjudged' | 'gone' | 'judged-otherwise' | 'false-alarm' | 'not-judgeable' | 'lost' | 'harness-failed';
  /** The subject, with its revision where one is meant. */
  readonly subject: string;
  /** What is wrong, and what to look at. */
  readonly message: string;
}

/**
 * Holds what was seen against the judgements. Pure.
 *
 * @param trials what was tried; judgements about anything else are left alone
 */
export function faultsOf(
  trials: readonly Trial[],
  results: readonly TrialResult[],
  findings: readonly JudgedFinding[],
): Fault[] {
  return [
    ...results.flatMap(faultsOfTrial),
    ...results.flatMap((result) => faultsOfSightings(result, findings)),
    ...faultsOfAbsence(trials, results, findings),
    ...unjudgeable(results),
  ];
}

/** What was seen and is judged not at all, otherwise, or as a false alarm. */
function faultsOfSightings({ subject, revision, sightings }: TrialResult, findings: readonly JudgedFinding[]): Fault[] {
  return sightings.flatMap(({ requirement, verdict, checks }): Fault[] => {
    const place = placeOf(subject, revision, requirement);
    const finding = findings.find((one) => one.requirement === requirement && placesOf(one).includes(place));
    const says = `${requirement} (${verdict}) by ${checks.map(({ id }) => id).join(', ')}: ${checks[0]?.message ?? ''}`;
    const at = `${subject} at ${revision}`;
    if (!finding) return [{ kind: 'unjudged', subject: at, message: says }];
    if (finding.judgement === 'false-alarm') return [{ kind: 'false-alarm', subject: at, message: says }];
    if (finding.verdict === verdict) return [];
    return [{ kind: 'judged-otherwise', subject: at, message: `judged as ${finding.verdict}, but now ${says}` }];
  });
}

/** What is judged, could have been seen, and was not. */
function faultsOfAbsence(
  trials: readonly Trial[],
  results: readonly TrialResult[],
  findings: readonly JudgedFinding[],
): Fault[] {
  const tried = new Set(trials.map(({ subject, revision }) => `${subject} ${revision}`));
  const seen = new Set(
    results.flatMap(({ subject, revision, sightings }) =>
      sightings.map(({ requirement }) => placeOf(subject, revision, requirement)),
    ),
  );
  const certain = findings.filter(({ sometimes }) => !sometimes);
  return certain.flatMap(({ subjects, revisions, requirement }) =>
    subjects.flatMap((subject): Fault[] => {
      const gone = revisions.filter(
        (revision) => tried.has(`${subject} ${revision}`) && !seen.has(placeOf(subject, revision, requirement)),
      );
      const message = `${requirement} is not broken any more`;
      return gone.length ? [{ kind: 'gone', subject: `${subject} at ${gone.join(', ')}`, message }] : [];
    }),
  );
}

/** Two judgements of the same thing, each named as it stands in the file. */
export function doubles(findings: readonly JudgedFinding[]): string[] {
  const places = findings.flatMap(placesOf);
  return [...new Set(places.filter((place, at) => places.indexOf(place) !== at))];
}

function faultsOfTrial({ subject, revision, failures, loss }: TrialResult): Fault[] {
  const at = `${subject} at ${revision}`;
  return [
    ...failures.map(
      (failure): Fault => ({ kind: 'harness-failed', subject: at, message: failure.split('\n', 1)[0] ?? '' }),
    ),
    ...(loss === null ? [] : [{ kind: 'lost' as const, subject: at, message: loss }]),
  ];
}

/** Subjects that could be judged at no revision at all. */
function unjudgeable(results: readonly TrialResult[]): Fault[] {
  const subjects = [...new Set(results.map(({ subject }) => subject))];
  return subjects.flatMap((subject): Fault[] => {
    const own = results.filter((result) => result.subject === subject);
    return own.every(({ hopeless }) => hopeless !== null)
      ? [{ kind: 'not-judgeable', subject, message: own[0]?.hopeless ?? '' }]
      : [];
  });
}

function placesOf({ subjects, revisions, requirement }: JudgedFinding): string[] {
  return subjects.flatMap((subject) => revisions.map((revision) => placeOf(subject, revision, requirement)));
}

function placeOf(subject: string, revision: string, requirement: string): string {
  return `${subject} at ${revision}: ${requirement}`;
}
