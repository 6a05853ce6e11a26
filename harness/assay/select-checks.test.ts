import { describe, expect, it } from 'vitest';
import type { ServerSuites } from '../run/run.ts';
import { allChecks, selectChecks, suitesFor } from './select-checks.ts';
import { UsageError } from './usage-error.ts';

const info = (id: string) => ({ id, title: id, requires: ['ping.respond'] });
const testCase = (id: string) => ({ ...info(id), steps: [], file: 'x.yaml', example: {} });
const suites: ServerSuites = {
  cases: ['ping.answered', 'http.accept/json', 'http.accept/any', 'http.delete'].map(testCase),
  coded: [{ ...info('property.envelopes'), run: () => Promise.resolve({ sightings: [], traces: [] }) }],
  invariants: [{ ...info('invariant.jsonrpc.id'), occasion: 'traffic', judge: () => [] }],
};
const selected = (...globs: string[]) => {
  const selection = selectChecks(globs, suites);
  return allChecks(suites)
    .map((check) => check.id)
    .filter(selection);
};

describe('--case', () => {
  it.each([
    [['ping.answered'], ['ping.answered']],
    [['http.*'], ['http.accept/json', 'http.accept/any', 'http.delete']],
    [['http.accept'], ['http.accept/json', 'http.accept/any']],
    [['http.accept/json'], ['http.accept/json']],
    [['*.{delete,answered}'], ['ping.answered', 'http.delete']],
    [
      ['ping.*', 'invariant.*'],
      ['ping.answered', 'invariant.jsonrpc.id'],
    ],
    [['ping.answered@2025-11-25'], ['ping.answered']],
    [['property.envelopes'], ['property.envelopes']],
  ])('%j selects %j', (globs, ids) => {
    expect(selected(...globs)).toEqual(ids);
  });

  it('is refused when it matches nothing, with what it is like', () => {
    expect(() => selected('ping.*', 'ping.anwered')).toThrow(UsageError);
    expect(() => selected('ping.anwered')).toThrow(
      /^--case ping\.anwered matches nothing; did you mean ping\.answered\?$/,
    );
    expect(() => selected('zzzzzzzzzzz')).toThrow(/matches nothing; "mcp-assay list" shows all ids$/);
  });
});

describe('what runs', () => {
  it('is everything when only invariants are selected, because they need traffic', () => {
    const running = suitesFor(suites, selectChecks(['invariant.*'], suites));
    expect(running.cases).toHaveLength(4);
    expect(running.invariants).toHaveLength(1);
  });

  it('is what was selected otherwise', () => {
    const running = suitesFor(suites, selectChecks(['ping.*'], suites));
    expect([running.cases.length, running.coded.length, running.invariants.length]).toEqual([1, 0, 0]);
  });
});
