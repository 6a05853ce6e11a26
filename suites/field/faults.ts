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
  const judged = new Map(findings.flatMap((finding) => placesOf(finding).map((place) => [place, finding] as const)));
  const seen = new Set<string>();
  const faults = results.flatMap((result) => faultsOfTrial(result));
  for (const { subject, revision, sightings } of results) {
    for (const { requirement, verdict, checks } of sightings) {
      const place = placeOf(subject, revision, requirement);
      seen.add(place);
      const finding = judged.get(place);
      const says = `${requirement} (${verdict}) by ${checks.map(({ id }) => id).join(', ')}: ${checks[0]?.message ?? ''}`;
      const fault = (kind: Fault['kind'], message: string) =>
        faults.push({ kind, subject: `${subject} at ${revision}`, message });
      if (!finding) fault('unjudged', says);
      else if (finding.judgement === 'false-alarm') fault('false-alarm', says);
      else if (finding.verdict !== verdict) fault('judged-otherwise', `judged as ${finding.verdict}, but now ${says}`);
    }
  }
  const tried = new Set(trials.map(({ subject, revision }) => `${subject} ${revision}`));
  for (const { subjects, revisions, requirement } of findings) {
    for (const subject of subjects) {
      const gone = revisions.filter(
        (revision) => tried.has(`${subject} ${revision}`) && !seen.has(placeOf(subject, revision, requirement)),
      );
      if (gone.length)
        faults.push({
          kind: 'gone',
          subject: `${subject} at ${gone.join(', ')}`,
          message: `${requirement} is not broken any more`,
        });
    }
  }
  return [...faults, ...unjudgeable(results)];
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
