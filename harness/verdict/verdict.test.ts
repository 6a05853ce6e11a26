import { describe, expect, it } from 'vitest';
import { combine, milder, type Ruling, verdictOnBreach } from './verdict.ts';

const skip = (kind: 'blocked' | 'not-verified' | 'not-applicable', reason = kind as string): Ruling => ({
  verdict: 'skip',
  skip: kind,
  reason,
});
const of = (verdict: 'pass' | 'fail' | 'warn' | 'info'): Ruling => ({ verdict });
const error: Ruling = { verdict: 'error', reason: 'ours' };

it('breaking a MUST fails, a SHOULD warns, a MAY informs', () => {
  expect((['MUST', 'SHOULD', 'MAY'] as const).map(verdictOnBreach)).toEqual(['fail', 'warn', 'info']);
});

it.each([
  ['fail', 'warn', 'warn'],
  ['warn', 'fail', 'warn'],
  ['fail', 'info', 'info'],
  ['info', 'warn', 'info'],
  ['fail', 'fail', 'fail'],
] as const)('of %s and %s, %s is the milder', (a, b, expected) => {
  expect(milder(a, b)).toBe(expected);
});

describe('many rulings are one', () => {
  const all = [
    skip('not-applicable'),
    skip('not-verified'),
    skip('blocked'),
    of('info'),
    of('pass'),
    of('warn'),
    of('fail'),
    error,
  ];

  it('the gravest, in whatever order they come', () => {
    for (let count = 1; count <= all.length; count += 1) {
      const some = all.slice(0, count);
      expect(combine(some)).toEqual(some.at(-1));
      expect(combine([...some].reverse())).toEqual(some.at(-1));
    }
  });

  it('the first of the same', () => {
    expect(combine([skip('blocked', 'first'), skip('blocked', 'second')])).toEqual(skip('blocked', 'first'));
  });

  it('not verified, when there are none', () => {
    expect(combine([])).toEqual({ verdict: 'skip', skip: 'not-verified', reason: 'nothing exercised it' });
  });

  it('never a pass without an observation', () => {
    expect(combine([skip('not-verified'), skip('not-applicable')]).verdict).toBe('skip');
  });
});
