import { expect, it } from 'vitest';
import { serverSuites } from '../../harness/run/suites.ts';
import { catalogue } from '../../spec/catalogue.ts';
import { codedChecks } from '../coded-checks.ts';
import { claimedRequirements, faultsOfClaims } from './claims.ts';
import { harmless } from './testing/proving.ts';

const rules = catalogue();

it('claims what cases, invariants and properties can blame at some revision', () => {
  const claimed = claimedRequirements(serverSuites(codedChecks), rules, ['2025-11-25']);
  expect(claimed).toEqual(expect.arrayContaining(['ping.respond', 'session.id-charset', 'http.origin.403']));
  expect(claimed).not.toContain('jsonrpc.batch.receive');
});

it('names what no defect breaks, and what is excused for nothing', () => {
  const unproven = [{ requirements: ['session.missing-400', 'ping.respond', 'session.assign'], reason: 'a test' }];
  const faults = faultsOfClaims(
    ['session.missing-400', 'session.assign', 'sse.id.unique'],
    [harmless({})],
    unproven,
    rules,
  );
  expect(faults.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
    'without-defect sse.id.unique',
    'needless-excuse session.missing-400',
    'needless-excuse ping.respond',
  ]);
});

it('names requirements that there are not, or not at a revision', () => {
  const also = [{ requirement: 'no.such.other', why: 'a test' }];
  const defects = [
    harmless({ id: 'a', breaks: 'no.such.rule', also }),
    harmless({ id: 'b', breaks: 'jsonrpc.batch.receive', revisions: ['2025-03-26', '2025-11-25'] }),
  ];
  expect(faultsOfClaims([], defects, [], rules)).toMatchObject([
    { kind: 'unknown-requirement', subject: 'a', message: 'there is no requirement no.such.rule' },
    { kind: 'unknown-requirement', subject: 'a', message: 'there is no requirement no.such.other' },
    { kind: 'unknown-requirement', subject: 'b', message: 'jsonrpc.batch.receive does not hold at 2025-11-25' },
  ]);
});
