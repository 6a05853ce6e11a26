import { expect, it } from 'vitest';
import { catalogue } from '../../spec/catalogue.ts';
import { failingChecks, faultsOfChecks } from './failing-checks.ts';
import { casesOf, resultOf } from './testing/proving.ts';

const suites = casesOf('session.missing', 'session.missing.get', 'session.ended.post', 'session.ended.get');
const seen = (...checks: string[]) =>
  failingChecks(suites, catalogue(), ['2025-11-25'], [resultOf({}, [{ checks }]), resultOf({})]);
const shown = (...given: Parameters<typeof faultsOfChecks>) =>
  faultsOfChecks(...given).map(({ kind, subject }) => `${kind} ${subject}`);

it('counts each check once, and of those that failed only what is in the suites', () => {
  const [first] = suites.cases;
  const { all, failed } = seen(first?.id ?? '', 'no.such.check');
  expect(all.map(({ id }) => id)).toEqual(suites.cases.map(({ id }) => id));
  expect([...failed]).toEqual([first?.id]);
});

it('names the checks that fail in no trial', () => {
  const [first, ...others] = suites.cases.map(({ id }) => id);
  expect(shown(seen(first ?? ''), [])).toEqual(others.map((id) => `never-fails ${id}`));
  expect(shown(seen(...suites.cases.map(({ id }) => id)), [])).toEqual([]);
});

it('takes an excuse for a check, or for all that it judges', () => {
  const [first, second] = suites.cases;
  const others = suites.cases.slice(2).map(({ id }) => id);
  const unproven = [
    { checks: [first?.id ?? ''], reason: 'a test' },
    { requirements: second?.requires ?? [], reason: 'a test' },
  ];
  const faults = shown(seen(...others), unproven);
  expect(faults).toEqual([]);
});

it('names excuses that are not needed', () => {
  const ids = suites.cases.map(({ id }) => id);
  expect(shown(seen(...ids), [{ checks: [ids[0] ?? '', 'no.such.check'], reason: 'a test' }])).toEqual([
    `needless-excuse ${ids[0]}`,
    'needless-excuse no.such.check',
  ]);
});
