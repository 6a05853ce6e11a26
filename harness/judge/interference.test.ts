import { describe, expect, it } from 'vitest';
import type { Trace } from '../trace/trace.ts';
import type { CheckResult } from '../verdict/check.ts';
import { findInterference, isOverwhelming, withInterference } from './interference.ts';
import type { Outcome } from './outcome.ts';
import { type Told, traceOf } from './testing/trace-of.ts';

const opened: Told = { step: -1, json: {} };
const trace = (name: string, ...told: Told[]): Trace => traceOf(told, { case: name });
const broken = (requirement: string, actual = 'x'): Outcome => ({
  requirement,
  kind: 'broken',
  message: 'no',
  evidence: { exchange: 1, actual },
});
const result = (id: string, ...sightings: [Outcome, Trace][]): CheckResult => ({
  id,
  title: id,
  requires: ['a.rule'],
  sightings: sightings.map(([outcome, at]) => ({ outcome, trace: at })),
  harnessFailure: null,
  durationMs: 1,
});
const kindsOf = (results: readonly CheckResult[]) =>
  results.flatMap(({ sightings }) =>
    sightings.map(({ outcome }) => (outcome.kind === 'skip' ? outcome.skip : outcome.kind)),
  );

describe('an answer that says nothing of the target', () => {
  it('is a limit wherever it comes', () => {
    const limited = trace('a.one', opened, { status: 429 });
    const found = findInterference([limited]);
    expect(found?.reason).toMatch(/limits how many requests it takes \(HTTP 429\)/);
    expect(kindsOf(withInterference([result('a.one', [broken('a.rule'), limited])], found))).toEqual(['blocked']);
  });

  it.each<[string, Told]>([
    ['a status of a gateway', { status: 503 }],
    ['a refusal of one who is busy', { status: 409 }],
    ['a broken connection', { status: null, end: 'broken' }],
    ['a stream that is cut off', { events: [], end: 'broken' }],
    ['a page of HTML', { type: 'text/html', chunks: ['<p>Wait'] }],
  ])('is %s, if sessions were opened that way too', (_, told) => {
    const hit = trace('a.one', opened, told);
    expect(findInterference([hit])).toBeNull();
    const found = findInterference([hit, trace('a.two', { ...told, step: -1 })]);
    expect(kindsOf(withInterference([result('a.one', [broken('a.rule'), hit])], found))).toEqual(['blocked']);
  });

  it('is met by plain lists where there are no sessions to open', () => {
    const list: Told = { sent: { jsonrpc: '2.0', id: 1, method: 'tools/list' }, status: 503 };
    expect(findInterference([traceOf([list], { case: 'a.one', revision: '2026-07-28' })])?.reason).toMatch(
      /turned away/,
    );
    const odd: Told = { ...list, sent: { jsonrpc: '2.0', id: 1, method: 'server/discover' } };
    expect(findInterference([traceOf([odd], { case: 'a.one', revision: '2026-07-28' })])).toBeNull();
  });

  it('takes nothing from what was seen without it', () => {
    const hit = trace('a.one', opened, { status: 429 });
    const clean = trace('a.two', opened, { json: {} });
    const found = findInterference([hit, clean]);
    const kept: Outcome = { requirement: 'a.rule', kind: 'kept', evidence: { exchange: 1 } };
    const results = [result('a.one', [kept, hit]), result('a.two', [broken('a.rule'), clean])];
    expect(kindsOf(withInterference(results, found))).toEqual(['kept', 'broken']);
  });

  it('leaves a page its own breach', () => {
    const page: Told = { type: 'text/html', chunks: ['<p>Wait'] };
    const hit = trace('a.one', { ...page, step: -1 }, page);
    const found = findInterference([hit]);
    const rule = 'http.post.response-content-type';
    const results = [result('a.one', [broken(rule, 'text/html'), hit], [broken('a.rule'), hit])];
    expect(kindsOf(withInterference(results, found))).toEqual(['broken', 'blocked']);
  });

  it('is the root cause where it kept many checks from their answers', () => {
    const hit = trace('a.one', opened, { status: 429 });
    const found = findInterference([hit]);
    if (!found) throw new Error('a limit is not seen');
    const few = [result('a.one', [broken('a.rule'), hit]), ...['b', 'c', 'd', 'e'].map((id) => result(id))];
    expect(isOverwhelming(withInterference(few, found), found)).toBe(false);
    expect(isOverwhelming(withInterference(few.slice(0, 3), found), found)).toBe(true);
  });
});
