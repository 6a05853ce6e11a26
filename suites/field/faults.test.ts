import { expect, it } from 'vitest';
import { doubles, faultsOf } from './faults.ts';
import { judged, resultWith } from './testing/made-up.ts';
import type { TrialResult } from './trial.ts';

function faults(results: readonly TrialResult[], findings: Parameters<typeof faultsOf>[2]) {
  return faultsOf(results, results, findings);
}

it('has nothing to say when each finding is judged and each that was judged appears', () => {
  expect(faults([resultWith('one', ['a.rule', 'b.rule'])], [judged('one', 'a.rule'), judged('one', 'b.rule')])).toEqual(
    [],
  );
});

it('names a finding that nobody has judged', () => {
  expect(faults([resultWith('one', ['a.rule'])], [judged('two', 'a.rule'), judged('one', 'b.rule')])).toMatchObject([
    { kind: 'unjudged', subject: 'one at 2025-11-25', message: 'a.rule (warn) by some.check: so it was' },
    { kind: 'gone', subject: 'one at 2025-11-25' },
  ]);
});

it('names a finding that was judged and is gone, with its revisions', () => {
  const trials = [
    resultWith('one', []),
    resultWith('one', ['a.rule'], { revision: '2025-06-18' }),
    resultWith('one', [], { revision: '2025-03-26', hopeless: 'it does not speak it' }),
  ];
  const revisions = ['2025-03-26', '2025-06-18', '2025-11-25'] as const;
  expect(faults(trials, [judged('one', 'a.rule', { revisions })])).toEqual([
    { kind: 'gone', subject: 'one at 2025-03-26, 2025-11-25', message: 'a.rule is not broken any more' },
  ]);
});

it('does not miss what shows only at times', () => {
  expect(faults([resultWith('one', [])], [judged('one', 'a.rule', { sometimes: true })])).toEqual([]);
  expect(faults([resultWith('one', ['a.rule'])], [judged('one', 'a.rule', { sometimes: true })])).toEqual([]);
});

it('leaves judgements about what was not tried alone', () => {
  expect(faults([resultWith('one', [])], [judged('two', 'a.rule')])).toEqual([]);
});

it('names a false alarm, and a verdict that is not the one that was judged', () => {
  const findings = [judged('one', 'a.rule', { judgement: 'false-alarm' }), judged('one', 'b.rule')];
  expect(faults([resultWith('one', ['a.rule', 'b.rule fail'])], findings)).toMatchObject([
    { kind: 'false-alarm', message: 'a.rule (warn) by some.check: so it was' },
    { kind: 'judged-otherwise', message: 'judged as warn, but now b.rule (fail) by some.check: so it was' },
  ]);
});

it('names a subject that can be judged at no revision, one that went down, and faults of the harness', () => {
  const results = [
    resultWith('one', [], { hopeless: 'it answers HTTP 403 to initialize' }),
    resultWith('two', [], { loss: 'it stopped answering', failures: ['some.check: Error: oh\n  at there'] }),
  ];
  expect(faults(results, [])).toEqual([
    { kind: 'harness-failed', subject: 'two at 2025-11-25', message: 'some.check: Error: oh' },
    { kind: 'lost', subject: 'two at 2025-11-25', message: 'it stopped answering' },
    { kind: 'not-judgeable', subject: 'one', message: 'it answers HTTP 403 to initialize' },
  ]);
});

it('finds what is judged twice', () => {
  expect(doubles([judged('one', 'a.rule'), judged('two', 'a.rule'), judged('one', 'a.rule')])).toEqual([
    'one at 2025-11-25: a.rule',
  ]);
});
