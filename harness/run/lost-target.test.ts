import { describe, expect, it } from 'vitest';
import type { Outcome } from '../judge/outcome.ts';
import { type Told, traceOf } from '../judge/testing/trace-of.ts';
import type { Trace } from '../trace/trace.ts';
import type { CheckResult } from '../verdict/check.ts';
import { findLoss, withLoss } from './lost-target.ts';

const FINE: Told = { json: {} };
const CUT: Told = { status: null, end: 'broken' };
const REFUSED: Told = { status: null, end: 'refused' };

/** A trace that begins so many seconds after the run. */
const at = (second: number, name: string, ...exchanges: Told[]): Trace =>
  traceOf(exchanges, { case: name, startedAt: new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString() });

const kept = (requirement: string): Outcome => ({ requirement, kind: 'kept', evidence: { exchange: 1 } });
const broken = (requirement: string): Outcome => ({
  requirement,
  kind: 'broken',
  message: 'no',
  evidence: { exchange: 1 },
});
const result = (id: string, ...sightings: [Outcome, Trace][]): CheckResult => ({
  id,
  title: id,
  requires: ['a.rule'],
  sightings: sightings.map(([outcome, trace]) => ({ outcome, trace })),
  harnessFailure: null,
  durationMs: 1,
});
const kinds = (results: readonly CheckResult[]) =>
  results.map(({ id, sightings }) =>
    [id, ...sightings.map(({ outcome }) => (outcome.kind === 'skip' ? outcome.skip : outcome.kind))].join(' '),
  );

describe('a target is lost', () => {
  it('not as long as it accepts connections', () => {
    expect(findLoss([at(0, 'a.one', FINE, CUT), at(1, 'a.two', FINE)])).toBeNull();
    expect(findLoss([])).toBeNull();
  });

  it('not by what the first look saw', () => {
    expect(findLoss([at(0, 'survey', REFUSED)])).toBeNull();
  });

  it('during the check that was cut off before the first refusal', () => {
    const loss = findLoss([
      at(0, 'a.one', FINE),
      at(1, 'a.two', FINE, CUT),
      at(2, 'a.three', REFUSED),
      at(60, 'a.four', CUT),
    ]);
    expect(loss).toEqual({ suspects: ['a.two'], reason: 'the target stopped accepting connections during a.two' });
  });

  it('during one of several checks that ran at the time', () => {
    const loss = findLoss([at(1, 'a.one', CUT), at(1, 'a.two', CUT), at(2, 'a.three', REFUSED)]);
    expect(loss?.suspects).toEqual(['a.one', 'a.two']);
    expect(loss?.reason).toMatch(/while these ran: a\.one, a\.two; --concurrency 1 shows which/);
  });

  it('though nobody was cut off', () => {
    expect(findLoss([at(0, 'a.one', FINE), at(1, 'a.two', REFUSED)])).toEqual({
      suspects: [],
      reason: 'the target stopped accepting connections in the middle of the run',
    });
  });
});

describe('the results of a run that lost its target', () => {
  const [before, during, after] = [at(0, 'a.one', FINE), at(1, 'a.two', FINE, CUT), at(2, 'a.three', REFUSED)];
  const results = [
    result('a.one', [broken('a.rule'), before]),
    result('a.two', [broken('a.rule'), during]),
    result('a.three', [broken('a.rule'), after]),
  ];

  it('stay where nothing was lost', () => {
    expect(withLoss(results, null)).toBe(results);
  });

  it('blame nobody for what a dead target did not answer, but the one who killed it', () => {
    const told = withLoss(results, { suspects: ['a.two'], reason: 'gone' });
    expect(kinds(told)).toEqual(['a.one broken', 'a.two broken', 'a.three blocked']);
    expect(told[2]?.sightings[0]).toMatchObject({ trace: after, outcome: { requirement: 'a.rule', reason: 'gone' } });
  });

  it('blame none of several suspects', () => {
    expect(kinds(withLoss(results, { suspects: ['a.two', 'a.three'], reason: 'gone' }))).toEqual([
      'a.one broken',
      'a.two blocked',
      'a.three blocked',
    ]);
  });

  it('keep what was seen to be kept, and breaches that other traces show', () => {
    const invariant = result(
      'invariant.x',
      [kept('a.rule'), during],
      [broken('a.rule'), before],
      [broken('a.rule'), after],
    );
    expect(kinds(withLoss([invariant], { suspects: [], reason: 'gone' }))).toEqual(['invariant.x kept broken blocked']);
  });
});
