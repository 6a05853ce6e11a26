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

async function run(defect: Parameters<typeof startDefective>[0], seed: number, clients = 1) {
  const server = await startDefective(defect, 'http://127.0.0.1:9');
  leftOver.push(() => server.close());
  const { sightings } = await requestsProperty.run({
    target: { url: server.url, credentials: [] },
    revision: '2026-07-28',
    limits: limitsFor(30_000),
    variables: {},
    runs: 200,
    seed,
    clients,
  });
  return sightings.map(({ outcome }) => outcome);
}

it.each([1, 4])('a server that keeps to the rules keeps every rule, with %i clients', async (clients) => {
  const outcomes = await run({}, randomSeed, clients);
  expect(outcomes.map(({ kind, requirement }) => [kind, requirement]).sort()).toEqual(
    requestsProperty.requires.map((id) => ['kept', id]).sort(),
  );
});

it.each(statelessRequestDefects)('a server that $title is found out, also by several clients', async (defect) => {
  for (const [seed, clients] of [
    [1, 1],
    [2, 1],
    [3, 4],
  ] as const) {
    expect(await run(defect, seed, clients)).toEqual([
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
