import { describe, expect, it } from 'vitest';
import type { Catalogue, Level, Requirement } from '../../spec/catalogue.ts';
import type { Outcome } from '../judge/outcome.ts';
import { traceOf } from '../judge/testing/trace-of.ts';
import { type CheckResult, rulingOf, rulingOnCheck, rulingsOnRequirements } from './check.ts';

const requirement = (id: string, level: Level): Requirement => ({
  id,
  area: 'a',
  text: `${level} be so.`,
  observe: { server: 'wire' },
  stimulus: null,
  unobservable: null,
  revisions: new Map([['2025-11-25', { level, role: 'server', sources: ['x'] }]]),
});
const all = [requirement('a.must', 'MUST'), requirement('a.should', 'SHOULD'), requirement('a.may', 'MAY')];
const catalogue: Catalogue = { all, get: (id) => all.find((one) => one.id === id) };
const NOW = '2025-11-25';

const evidence = { exchange: 1 };
const kept = (id: string): Outcome => ({ requirement: id, kind: 'kept', evidence });
const broken = (id: string, atMost?: 'warn' | 'info'): Outcome => ({
  requirement: id,
  kind: 'broken',
  message: 'no',
  evidence,
  ...(atMost ? { atMost } : {}),
});
const skipped = (id: string): Outcome => ({ requirement: id, kind: 'skip', skip: 'blocked', reason: 'why' });

function result(...outcomes: Outcome[]): CheckResult {
  const trace = traceOf([]);
  const requires = outcomes.map((outcome) => outcome.requirement);
  return {
    id: 'c',
    title: 't',
    requires,
    sightings: outcomes.map((outcome) => ({ outcome, trace })),
    harnessFailure: null,
    durationMs: 1,
  };
}

describe('the ruling on an outcome', () => {
  it.each([
    [kept('a.must'), 'pass'],
    [kept('a.should'), 'pass'],
    [kept('a.may'), 'info'],
    [broken('a.must'), 'fail'],
    [broken('a.should'), 'warn'],
    [broken('a.may'), 'info'],
    [broken('a.must', 'warn'), 'warn'],
    [broken('a.must', 'info'), 'info'],
    [broken('a.may', 'warn'), 'info'],
  ])('%j is %s', (outcome, verdict) => {
    expect(rulingOf(outcome, catalogue, NOW)).toEqual({ verdict });
  });

  it('that skips says why', () => {
    expect(rulingOf(skipped('a.must'), catalogue, NOW)).toEqual({ verdict: 'skip', skip: 'blocked', reason: 'why' });
  });

  it('is none where the requirement does not hold or does not exist', () => {
    expect(rulingOf(broken('a.must'), catalogue, '2024-11-05')).toBeNull();
    expect(rulingOf(broken('a.nobody'), catalogue, NOW)).toBeNull();
  });
});

describe('the ruling on a check', () => {
  it('is the gravest of its outcomes', () => {
    expect(rulingOnCheck(result(kept('a.must'), broken('a.should')), catalogue, NOW)).toEqual({ verdict: 'warn' });
    expect(rulingOnCheck(result(skipped('a.must'), kept('a.should')), catalogue, NOW)).toEqual({ verdict: 'pass' });
  });

  it('is an error when the harness failed, and never a failure of the target', () => {
    const failed = { ...result(broken('a.must')), harnessFailure: 'TypeError: x' };
    expect(rulingOnCheck(failed, catalogue, NOW)).toEqual({ verdict: 'error', reason: 'TypeError: x' });
  });

  it('is not verified when nothing it saw holds in the revision', () => {
    expect(rulingOnCheck(result(broken('a.must')), catalogue, '2024-11-05')).toMatchObject({
      verdict: 'skip',
      skip: 'not-verified',
    });
  });

  it('says what it would take when nothing was seen', () => {
    expect(rulingOnCheck({ ...result(), occasion: 'a list of several pages' }, catalogue, NOW)).toEqual({
      verdict: 'skip',
      skip: 'not-verified',
      reason: 'nothing exercised it: it takes a list of several pages',
    });
  });
});

describe('the ruling on a requirement', () => {
  it('takes all checks that cite it, and of them only what is said of it', () => {
    const results = [result(kept('a.must'), broken('a.should')), result(skipped('a.must'))];
    const rulingOn = rulingsOnRequirements(results, catalogue, NOW);
    expect(rulingOn('a.must')).toEqual({ verdict: 'pass' });
    expect(rulingOn('a.should')).toEqual({ verdict: 'warn' });
    expect(rulingOn('a.may')).toMatchObject({ skip: 'not-verified' });
  });

  it('is a failure if any check shows one', () => {
    const results = [result(kept('a.must')), result(broken('a.must'))];
    expect(rulingsOnRequirements(results, catalogue, NOW)('a.must')).toEqual({ verdict: 'fail' });
  });
});
