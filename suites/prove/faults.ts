import type { Defect } from '../../fixtures/defects/defect.ts';
import { verdictOnBreach } from '../../harness/verdict/verdict.ts';
import type { Catalogue } from '../../spec/catalogue.ts';
import type { Blame, TrialResult } from './trial.ts';

/** Something that keeps the proof from holding. */
export interface Fault {
  readonly kind:
    | 'survives'
    | 'not-blamed'
    | 'too-mild'
    | 'wrongly-blamed'
    | 'clean-blamed'
    | 'without-defect'
    | 'never-fails'
    | 'needless-excuse'
    | 'unknown-requirement'
    | 'harness-failed';
  /** The defect or clean subject, with its revision; a requirement, where no defect breaks it; a check, where it fails in no trial. */
  readonly subject: string;
  /** What is wrong, and what to look at. */
  readonly message: string;
}

/** Whether a blame accuses: what only informs accuses nobody. */
export function isAccusation({ verdict }: Blame): boolean {
  return verdict !== 'info';
}

/** What is wrong with the trial of a defect: it must be found out, by its own name, by that and what goes with it alone. */
export function faultsOfDefect(defect: Defect, result: TrialResult, catalogue: Catalogue): Fault[] {
  const subject = `${defect.id} at ${result.revision}`;
  const fault = (kind: Fault['kind'], message: string): Fault => ({ kind, subject, message });
  const failed = result.failures.map((failure) => fault('harness-failed', firstLine(failure)));
  if (result.hopeless !== null) return [...failed, fault('survives', `it cannot be judged: ${result.hopeless}`)];
  const accused = result.blames.filter(isAccusation);
  const own = result.blames.find(({ requirement }) => requirement === defect.breaks);
  const expected = expectedVerdict(defect, result, catalogue);
  if (!own) {
    const lost = result.loss === null ? '' : `; ${result.loss}`;
    failed.push(
      accused.length
        ? fault(
            'not-blamed',
            `${defect.breaks} is not blamed, but ${accused.map(({ requirement }) => requirement).join(', ')}${lost}`,
          )
        : fault('survives', `${defect.breaks} is not blamed, nor anything else${lost}`),
    );
  } else if (expected !== null && GRAVITY[own.verdict] < GRAVITY[expected]) {
    failed.push(fault('too-mild', `${own.requirement} gets ${own.verdict} and ought to get ${expected}`));
  }
  const expectedToo = new Set([defect.breaks, ...(defect.also ?? []).map(({ requirement }) => requirement)]);
  const wrong = accused.filter(({ requirement }) => !expectedToo.has(requirement));
  return [...failed, ...wrong.map((blame) => fault('wrongly-blamed', describe(blame)))];
}

/** What is wrong with the trial of a clean subject: anything that is blamed. */
export function faultsOfClean(result: TrialResult): Fault[] {
  const subject = `${result.subject} at ${result.revision}`;
  const failed = result.failures.map(
    (failure): Fault => ({ kind: 'harness-failed', subject, message: firstLine(failure) }),
  );
  if (result.hopeless !== null) {
    return [...failed, { kind: 'clean-blamed', subject, message: `it cannot be judged: ${result.hopeless}` }];
  }
  const lost: Fault[] = result.loss === null ? [] : [{ kind: 'clean-blamed', subject, message: result.loss }];
  const blamed = result.blames
    .filter(isAccusation)
    .map((blame): Fault => ({ kind: 'clean-blamed', subject, message: describe(blame) }));
  return [...failed, ...lost, ...blamed];
}

/** The blames that a defect excuses and that did not come. */
export function unseenExcuses(defect: Defect, { blames, revision }: TrialResult, catalogue: Catalogue): string[] {
  return (defect.also ?? [])
    .map(({ requirement }) => requirement)
    .filter(
      (id) => catalogue.get(id)?.revisions.has(revision) && !blames.some(({ requirement }) => requirement === id),
    );
}

const GRAVITY = { info: 0, warn: 1, fail: 2 } as const;

function expectedVerdict(defect: Defect, { revision }: TrialResult, catalogue: Catalogue): Blame['verdict'] | null {
  const level = catalogue.get(defect.breaks)?.revisions.get(revision)?.level;
  return defect.atMost ?? (level ? verdictOnBreach(level) : null);
}

function describe({ requirement, verdict, checks, message }: Blame): string {
  const more = checks.length > 3 ? ` and ${checks.length - 3} more` : '';
  return `${requirement} (${verdict}) by ${checks.slice(0, 3).join(', ')}${more}: ${message}`;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}
