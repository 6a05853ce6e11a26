import { factsOf, REVISIONS } from '../../spec/revisions.ts';
import type { FieldSubject } from './field-subjects.ts';
import type { Trial } from './trial.ts';

/** Every subject at every revision that its transport is in, newest first; which it speaks, only trying tells. */
export function planTrials(subjects: readonly Pick<FieldSubject, 'name' | 'transport'>[]): Trial[] {
  return subjects.flatMap(({ name, transport }) =>
    REVISIONS.filter((revision) => factsOf(revision).transports.includes(transport))
      .reverse()
      .map((revision) => ({ subject: name, revision })),
  );
}
