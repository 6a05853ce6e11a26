import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../spec/catalogue.ts';
import { DataFileError } from '../../spec/data-file.ts';
import type { Outcome } from '../judge/outcome.ts';
import { failedCase, finding, reportedCase } from '../report/testing/synthetic-report.ts';
import { BaselineWatch, readBaseline } from './baseline.ts';
import type { CheckResult } from './check.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-baseline-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'known.yaml');
const checks = [{ id: 'ping.answered', title: 'ping is answered', requires: ['ping.respond'] }];

function read(yaml: string) {
  writeFileSync(path, yaml);
  return readBaseline(path, checks, catalogue());
}

function resultWith(...kinds: Outcome['kind'][]): CheckResult {
  const header = { version: 1, case: 'x', side: 'server', revision: '2025-11-25', transport: 'stdio' } as const;
  const trace = { header: { ...header, target: '', startedAt: '', variables: {} }, events: [] };
  const evidence = { exchange: null };
  const requirement = 'ping.respond';
  const outcomes = kinds.map((kind): Outcome => {
    if (kind === 'kept') return { requirement, kind, evidence };
    if (kind === 'broken') return { requirement, kind, evidence, message: 'no' };
    return { requirement, kind, skip: 'blocked', reason: 'no session' };
  });
  return {
    id: 'ping.answered',
    title: 'ping is answered',
    requires: [requirement],
    sightings: outcomes.map((outcome) => ({ outcome, trace })),
    harnessFailure: null,
    durationMs: 1,
  };
}

const ONE = 'known-failures:\n  - {case: ping.answered, requirement: ping.respond, why: we know}\n';

describe('a baseline file', () => {
  it('lists known failures, with or without a revision', () => {
    const { entries } = read(`${ONE}  - {case: ping.answered@2025-11-25, requirement: ping.respond, why: that one}\n`);
    expect(entries.map((entry) => entry.case)).toEqual(['ping.answered', 'ping.answered@2025-11-25']);
  });

  it.each([
    ['an unknown case', ONE.replace('ping.answered', 'ping.ansered'), /known\.yaml:2: there is no case "ping.ansered"/],
    ['an unknown requirement', ONE.replace('ping.respond', 'ping.x'), /:2: there is no requirement "ping.x"$/],
    [
      'a requirement of another case',
      ONE.replace('ping.respond', 'ping.log'),
      /"ping.answered" does not judge "ping.log"$/,
    ],
    ['an entry without a reason', ONE.replace(', why: we know', ''), /:2: .*must have required property 'why'$/],
    ['an unknown key', `${ONE}expected: []\n`, /:3: unknown key "expected"$/],
    ['an entry twice', `${ONE}${ONE.split('\n')[1]}\n`, /:3: "ping.answered" and "ping.respond" are listed twice$/],
    ['what is no YAML', 'known-failures: [', /not valid YAML/],
  ])('is refused in one sentence for %s', (_, yaml, message) => {
    expect(() => read(yaml)).toThrow(DataFileError);
    expect(() => read(yaml)).toThrow(message);
  });
});

describe('a run held against a baseline', () => {
  it('has a listed failure marked as expected, and no other', () => {
    const watch = new BaselineWatch(read(ONE));
    const reported = failedCase({ findings: [finding(), finding({ requirement: 'jsonrpc.other' })] });
    const marked = watch.mark(reported, resultWith('broken'), '2025-11-25');
    expect(marked.findings.map((one) => one.expected)).toEqual([true, undefined]);
    expect(watch.summary().entries.map((entry) => entry.state)).toEqual(['still-failing']);
  });

  it.each([
    ['mended', resultWith('kept')],
    ['still-failing', resultWith('kept', 'broken')],
    ['not-judged', resultWith('skip')],
  ])('finds an entry %s', (state, result) => {
    const watch = new BaselineWatch(read(ONE));
    watch.mark(reportedCase(), result, '2025-11-25');
    expect(watch.summary().entries[0]?.state).toBe(state);
  });

  it('finds an entry not judged when its case did not run', () => {
    expect(new BaselineWatch(read(ONE)).summary().entries[0]?.state).toBe('not-judged');
  });

  it('counts as still failing what fails at one revision of several', () => {
    const watch = new BaselineWatch(read(ONE));
    watch.mark(failedCase(), resultWith('broken'), '2025-11-25');
    watch.mark(reportedCase(), resultWith('kept'), '2025-06-18');
    expect(watch.summary().entries[0]?.state).toBe('still-failing');
  });

  it('takes an entry with a revision for that revision only', () => {
    const watch = new BaselineWatch(read(ONE.replace('ping.answered', 'ping.answered@2025-06-18')));
    expect(watch.mark(failedCase(), resultWith('broken'), '2025-11-25').findings[0]?.expected).toBeUndefined();
    expect(watch.mark(failedCase(), resultWith('broken'), '2025-06-18').findings[0]?.expected).toBe(true);
  });
});
