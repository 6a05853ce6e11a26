import { expect, it } from 'vitest';
import { catalogue } from '../../spec/catalogue.ts';
import { faultsOfDefect, unseenExcuses } from './faults.ts';
import { harmless, resultOf } from './testing/proving.ts';

const rules = catalogue();
const own = { requirement: 'http.origin.validate' };
const too = { requirement: 'http.origin.403' };
const also = [{ ...too, why: 'a test' }];

function kinds(defect: Parameters<typeof harmless>[0], ...blames: Parameters<typeof resultOf>[1] & object) {
  const made = harmless({ breaks: own.requirement, ...defect });
  return faultsOfDefect(made, resultOf({}, blames), rules).map(({ kind }) => kind);
}

it('finds nothing wrong with a defect that is blamed by its name', () => {
  expect(kinds({}, own)).toEqual([]);
});

it('takes what goes with the defect only if the defect says so', () => {
  expect(kinds({}, own, too)).toEqual(['wrongly-blamed']);
  expect(kinds({ also }, own, too)).toEqual([]);
});

it('does not take an excused blame for the defect itself', () => {
  expect(kinds({ also }, too)).toEqual(['not-blamed']);
});

it('accuses nobody of what only informs', () => {
  expect(kinds({}, own, { ...too, verdict: 'info' })).toEqual([]);
});

it('wants the verdict that the level of the rule demands, or the one that the defect allows', () => {
  expect(kinds({}, { ...own, verdict: 'warn' })).toEqual(['too-mild']);
  expect(kinds({ atMost: 'warn' }, { ...own, verdict: 'warn' })).toEqual([]);
  expect(kinds({ breaks: 'session.missing-400' }, { requirement: 'session.missing-400', verdict: 'warn' })).toEqual([]);
  expect(kinds({ breaks: 'session.assign' }, { requirement: 'session.assign', verdict: 'info' })).toEqual([]);
});

it('says which excuses were not needed, where their rule holds', () => {
  expect(unseenExcuses(harmless({ also }), resultOf({}), rules)).toEqual(['http.origin.403']);
  expect(unseenExcuses(harmless({ also }), resultOf({}, [too]), rules)).toEqual([]);
  expect(unseenExcuses(harmless({ also }), resultOf({ revision: '2025-03-26' }), rules)).toEqual([]);
});
