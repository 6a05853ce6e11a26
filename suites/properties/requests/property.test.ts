import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { statelessRequestDefects } from '../../../fixtures/defects/server/stateless-requests.ts';
import { startDefective } from '../../../fixtures/defects/start.ts';
import { seed as randomSeed } from '../../../fixtures/seed.ts';
import { limitsFor } from '../../../harness/target/limits.ts';
import { asking } from './arbitraries.ts';
import { requestsProperty } from './property.ts';

const leftOver: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const release of leftOver.splice(0).reverse()) await release();
});

async function run(defect: Parameters<typeof startDefective>[0], seed: number) {
  const server = await startDefective(defect, 'http://127.0.0.1:9');
  leftOver.push(() => server.close());
  const { sightings } = await requestsProperty.run({
    target: { url: server.url, credentials: [] },
    revision: '2026-07-28',
    limits: limitsFor(30_000),
    variables: {},
    runs: 200,
    seed,
  });
  return sightings.map(({ outcome }) => outcome);
}

it('a server that keeps to the rules keeps every rule that the property knows', async () => {
  const outcomes = await run({}, randomSeed);
  expect(outcomes.map(({ kind, requirement }) => [kind, requirement]).sort()).toEqual(
    requestsProperty.requires.map((id) => ['kept', id]).sort(),
  );
});

it.each(statelessRequestDefects)('a server that $title is found out', async (defect) => {
  for (const seed of [1, 2, 3]) {
    expect(await run(defect, seed)).toEqual([
      expect.objectContaining({
        kind: 'broken',
        requirement: defect.breaks,
        message: expect.stringContaining('; the smallest such request: {"message":'),
      }),
    ]);
  }
});

it('there are requests of each kind', () => {
  const kinds = fc.sample(asking, { seed: randomSeed, numRuns: 1_000 }).map(({ kind }) => kind);
  for (const kind of [
    'served',
    'respelled',
    'unknown-method',
    'notification',
    'header-missing',
    'header-mismatch',
    'other-version',
    'without-capabilities',
    'broken',
    'doubtful',
  ]) {
    expect(kinds.filter((one) => one === kind).length, kind).toBeGreaterThan(10);
  }
});
