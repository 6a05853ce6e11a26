import { describe, expect, it } from 'vitest';
import { condensed, judged, ruleAt, sameJson, show } from './outcomes.ts';
import { request } from './testing/messages.ts';
import { viewOf } from './testing/trace-builder.ts';

const [exchange] = viewOf('2025-11-25', [{ sent: request(1, 'ping') }]).exchanges;
if (!exchange) throw new Error('the trace is empty');

describe('what an exchange shows of a rule', () => {
  it('is nothing without an occasion, and kept with one', () => {
    expect(judged('a.b', exchange, [], false)).toEqual([]);
    expect(judged('a.b', exchange, [], true)).toEqual([
      { requirement: 'a.b', kind: 'kept', evidence: { exchange: 1 } },
    ]);
  });

  it('is each breach with its evidence, null included', () => {
    const breaches = [
      { message: 'bad', path: 'status', actual: null, atMost: 'warn' as const },
      { message: 'worse', actual: undefined },
    ];
    expect(judged('a.b', exchange, breaches, true)).toStrictEqual([
      {
        requirement: 'a.b',
        kind: 'broken',
        message: 'bad',
        evidence: { exchange: 1, path: 'status', actual: null },
        atMost: 'warn',
      },
      { requirement: 'a.b', kind: 'broken', message: 'worse', evidence: { exchange: 1 } },
    ]);
  });

  it('is condensed to one kept, and to none beside a breach', () => {
    const [kept, broken] = [judged('a.b', exchange, [], true), judged('a.b', exchange, [{ message: 'bad' }], true)];
    const other = judged('c.d', exchange, [], true);
    expect(condensed([...kept, ...other, ...kept])).toEqual([...kept, ...other]);
    expect(condensed([...kept, ...broken, ...broken, ...other])).toEqual([...broken, ...broken, ...other]);
  });
});

describe('rules', () => {
  it('are the first that holds in a revision', () => {
    expect(ruleAt('2025-06-18', 'jsonrpc.response.not-both', 'jsonrpc.follows-2.0')).toBe('jsonrpc.response.not-both');
    expect(ruleAt('2025-11-25', 'jsonrpc.response.not-both', 'jsonrpc.follows-2.0')).toBe('jsonrpc.follows-2.0');
    expect(ruleAt('2025-11-25', 'no.such-rule')).toBe('no.such-rule');
  });
});

describe('JSON values', () => {
  it('are shown with their types, and cut', () => {
    expect([show(1), show('1'), show(null), show(undefined)]).toEqual(['1', '"1"', 'null', 'nothing']);
    expect(show('x'.repeat(98))).toHaveLength(100);
    expect(show('x'.repeat(99))).toMatch(/^"x{96}\.\.\.$/);
  });

  it('are the same in type and value', () => {
    expect([sameJson(1, 1), sameJson({ a: [1] }, { a: [1] }), sameJson(undefined, undefined)]).toEqual([
      true,
      true,
      true,
    ]);
    expect([sameJson(1, '1'), sameJson(null, undefined), sameJson(0, false)]).toEqual([false, false, false]);
  });
});
