import { describe, expect, it } from 'vitest';
import type { Catalogue, Requirement } from '../../spec/catalogue.ts';
import { coverage } from './coverage.ts';
import { readExcuses } from './excuses.ts';
import { coverageText } from './print.ts';

const rule = (id: string, more: Partial<Requirement> = {}): Requirement => ({
  id,
  area: 'a',
  text: 'MUST',
  observe: { server: 'wire' },
  stimulus: null,
  unobservable: null,
  revisions: new Map([['2025-11-25', { level: 'MUST', role: 'server', sources: ['x'] }]]),
  ...more,
});
const all = [
  rule('a.checked'),
  rule('a.missing'),
  rule('a.excused', { observe: { server: 'stimulus' } }),
  rule('a.invisible', { observe: {} }),
];
const catalogue: Catalogue = { all, get: (id) => all.find((one) => one.id === id) };
const excuses = [{ requirements: ['a.exc*'], side: 'server' as const, reason: 'too hard' }];

describe('coverage', () => {
  const rows = coverage(catalogue, [{ id: 'c', side: 'server', requires: ['a.checked'] }], excuses);
  const row = rows.find((one) => one.revision === '2025-11-25' && one.side === 'server' && one.level === 'MUST');

  it('counts what binds a side, what can be seen, and what is checked', () => {
    expect(row).toMatchObject({ requirements: 4, checkable: 3, checked: 1, plain: { checkable: 2, checked: 1 } });
  });

  it('names what nothing checks, with its reason or without', () => {
    expect(row?.unchecked).toEqual([
      { id: 'a.missing', reason: null },
      { id: 'a.excused', reason: 'too hard' },
    ]);
  });

  it('takes no check of the other side, or of another revision, for one', () => {
    const others = coverage(
      catalogue,
      [
        { id: 'c', side: 'client', requires: ['a.missing'] },
        { id: 'd', side: 'server', requires: ['a.missing'], revisions: '2025-03-26' },
      ],
      [],
    );
    expect(others.reduce((sum, one) => sum + one.checked, 0)).toBe(0);
  });

  it('prints what has no reason, and the rest on demand', () => {
    expect(coverageText(rows, { verbose: false })).toContain('  server a.missing (2025-11-25)\n');
    expect(coverageText(rows, { verbose: false })).not.toContain('too hard');
    expect(coverageText(rows, { verbose: true })).toContain('  server a.excused: too hard (2025-11-25)\n');
  });
});

it("the project's own reasons can be read", () => {
  expect(readExcuses().length).toBeGreaterThan(0);
});
