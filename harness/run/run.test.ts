import { afterEach, describe, expect, it } from 'vitest';
import { type Exception, mcpScript, sendJson } from '../../fixtures/scripted/mcp-script.ts';
import { startScripted } from '../../fixtures/scripted/scripted-server.ts';
import type { Catalogue, Requirement } from '../../spec/catalogue.ts';
import { REVISIONS, type Revision } from '../../spec/revisions.ts';
import type { Case } from '../case/case.ts';
import type { Invariant } from '../invariants/invariant.ts';
import { traceOf } from '../judge/testing/trace-of.ts';
import { survey } from '../survey/survey.ts';
import { limitsFor } from '../target/limits.ts';
import { rulingOnCheck } from '../verdict/check.ts';
import { checksAt } from './checks-at.ts';
import type { CodedCheck } from './coded-check.ts';
import { judgeInvariant } from './judge-invariant.ts';
import { type RunOptions, type ServerSuites, startRun } from './run.ts';

const leftOver: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const release of leftOver.splice(0).reverse()) await release();
});

const requirement = (id: string, revisions: readonly Revision[]): Requirement => ({
  id,
  area: 'a',
  text: 'MUST be so.',
  observe: { server: 'wire' },
  stimulus: null,
  unobservable: null,
  revisions: new Map(revisions.map((revision) => [revision, { level: 'MUST', role: 'server', sources: ['x'] }])),
});
const all = [requirement('a.rule', REVISIONS), requirement('a.old', ['2024-11-05', '2025-03-26'])];
const catalogue: Catalogue = { all, get: (id) => all.find((one) => one.id === id) };

function caseOf(id: string, more: Partial<Case> = {}): Case {
  const steps = [{ request: { id, method: 'ping' }, expect: { result: true } }];
  return {
    id,
    title: `${id} is well`,
    requires: ['a.rule'],
    given: 'none',
    steps,
    file: 'a.yaml',
    example: {},
    ...more,
  };
}

const NO_SUITES: ServerSuites = { cases: [], invariants: [], coded: [] };

/** Runs suites against a server that does what `exception` says. */
async function run(
  suites: Partial<ServerSuites>,
  { exception, ...options }: Partial<RunOptions> & { exception?: Exception } = {},
) {
  const server = await startScripted(mcpScript(exception));
  leftOver.push(server.close);
  const target = { url: server.url, credentials: [] };
  const limits = limitsFor(30_000);
  const found = await survey(target, limits, null);
  if (found.kind === 'hopeless') throw new Error(found.reason);
  const usual: RunOptions = { target, limits, concurrency: 4, runs: 1, seed: 7, call: 'none', stimuli: {}, ...options };
  const started = startRun(found, { ...NO_SUITES, ...suites }, catalogue, usual);
  const done = await started.done;
  await server.idle();
  return { ...done, started, found };
}

const broken: CodedCheck = {
  id: 'probe.broken',
  title: 'it is never well',
  requires: ['a.rule'],
  run: async () => {
    throw new TypeError('cannot read properties of a bug');
  },
};

describe('a run', () => {
  it('gives a result for each check: checks in code, cases, invariants', async () => {
    const coded: CodedCheck = {
      ...broken,
      id: 'probe.good',
      run: async ({ seed, runs, revision }) => ({
        sightings: [
          { trace: traceOf([]), outcome: { requirement: 'a.rule', kind: 'kept', evidence: { exchange: seed + runs } } },
        ],
        traces: [traceOf([], { case: 'probe.good', revision })],
        seed,
      }),
    };
    const invariant: Invariant = {
      id: 'invariant.none',
      title: 'nothing',
      occasion: 'traffic',
      requires: ['a.rule'],
      judge: () => [],
    };
    const { results, traces, started } = await run({
      coded: [coded],
      cases: [caseOf('a.one'), caseOf('a.two')],
      invariants: [invariant],
    });
    expect(results.map(({ id, title, requires, harnessFailure }) => [id, title, requires, harnessFailure])).toEqual([
      ['probe.good', 'it is never well', ['a.rule'], null],
      ['a.one', 'a.one is well', ['a.rule'], null],
      ['a.two', 'a.two is well', ['a.rule'], null],
      ['invariant.none', 'nothing', ['a.rule'], null],
    ]);
    expect(results[0]).toMatchObject({
      seed: 7,
      sightings: [{ outcome: { kind: 'kept', evidence: { exchange: 8 } } }],
    });
    expect(results[1]?.sightings).toMatchObject([
      { outcome: { requirement: 'a.rule', kind: 'kept' }, trace: { header: { case: 'a.one' } } },
    ]);
    expect(traces.map(({ header }) => header.case).sort()).toEqual(['a.one', 'a.two', 'probe.good', 'survey']);
    expect(await Promise.all(started.checks.map(({ result }) => result))).toEqual(results);
    expect(started.checks.map(({ id }) => id)).toEqual(results.map(({ id }) => id));
  });

  it('leaves out what does not speak of the revision', async () => {
    const { results } = await run({
      cases: [
        caseOf('a.now'),
        caseOf('a.then', { requires: ['a.old'] }),
        caseOf('a.elsewhen', { revisions: '<2025-11-25' }),
        caseOf('a.nobody', { requires: ['a.unknown'] }),
      ],
      coded: [{ ...broken, requires: ['a.old'] }],
      invariants: [{ id: 'invariant.old', title: '', occasion: 'traffic', requires: ['a.old'], judge: () => [] }],
    });
    expect(results.map(({ id }) => id)).toEqual(['a.now']);
  });

  it('tells of each check once it is done', async () => {
    const told: [string, number, number][] = [];
    const invariant: Invariant = {
      id: 'invariant.none',
      title: '',
      occasion: 'traffic',
      requires: ['a.rule'],
      judge: () => [],
    };
    await run(
      { cases: [caseOf('a.one'), caseOf('a.two')], coded: [broken], invariants: [invariant] },
      { onChecked: (id, done, total) => told.push([id, done, total]) },
    );
    expect(told.map(([, done, total]) => [done, total])).toEqual([1, 2, 3, 4].map((done) => [done, 4]));
    expect(told.map(([id]) => id).sort()).toEqual(['a.one', 'a.two', 'invariant.none', 'probe.broken']);
    expect(told.at(-1)?.[0]).toBe('invariant.none');
  });

  it('holds the traffic of everything, its own first look included, against each invariant', async () => {
    const seen: string[] = [];
    const invariant: Invariant = {
      id: 'invariant.watch',
      title: '',
      occasion: 'traffic',
      requires: ['a.rule'],
      judge: ({ trace, exchanges, revision, facts }) => {
        seen.push(trace.header.case);
        const evidence = { exchange: exchanges.length };
        return revision === '2025-11-25' && facts.era === 'stateful'
          ? [{ requirement: 'a.rule', kind: 'kept', evidence }]
          : [];
      },
    };
    const { results } = await run({ cases: [caseOf('a.one')], invariants: [invariant] });
    expect(seen.sort()).toEqual(['a.one', 'survey']);
    expect(results[1]?.sightings.map(({ trace, outcome }) => [trace.header.case, outcome.kind])).toEqual([
      ['survey', 'kept'],
      ['a.one', 'kept'],
    ]);
  });
});

describe('the number of checks at a time', () => {
  it.each([1, 3])('is %i, no more and no less', async (concurrency) => {
    let [now, most] = [0, 0];
    const waiting: (() => void)[] = [];
    let opened = 0;
    const cases = Array.from({ length: 6 }, (_, index) => caseOf(`a.case-${index}`));
    await run(
      { cases },
      {
        concurrency,
        exception: ({ message }, response) => {
          if (message.method === 'initialize') opened += 1;
          // the first look opens two sessions and pings before the second
          if (message.method !== 'ping' || opened < 2) return false;
          now += 1;
          most = Math.max(most, now);
          waiting.push(() => {
            now -= 1;
            sendJson(response, { jsonrpc: '2.0', id: message.id ?? null, result: {} });
          });
          // All that may run at a time has to be there before any of it goes on.
          if (waiting.length === concurrency) for (const answer of waiting.splice(0)) answer();
          return true;
        },
      },
    );
    expect(most).toBe(concurrency);
  });
});

describe('a fault of the harness', () => {
  it('in a check in code is an error of that check, and no failure of the target', async () => {
    const { results } = await run({ coded: [broken], cases: [caseOf('a.one')] });
    expect(results[0]).toMatchObject({
      id: 'probe.broken',
      sightings: [],
      harnessFailure: expect.stringContaining('cannot read properties of a bug'),
    });
    expect(results.map((result) => rulingOnCheck(result, catalogue, '2025-11-25').verdict)).toEqual(['error', 'pass']);
  });

  it('in a check that throws at once, or throws no error', async () => {
    const { results } = await run({
      coded: [
        {
          ...broken,
          run: () => {
            throw 'a text';
          },
        },
      ],
    });
    expect(results[0]?.harnessFailure).toBe('a text');
  });

  it('in an invariant is an error of that invariant', async () => {
    const invariant: Invariant = {
      id: 'invariant.broken',
      title: '',
      occasion: 'traffic',
      requires: ['a.rule'],
      judge: () => {
        throw new RangeError('ours');
      },
    };
    expect(judgeInvariant(invariant, [traceOf([])])).toMatchObject({
      sightings: [],
      harnessFailure: expect.stringContaining('RangeError: ours'),
    });
    const { results } = await run({ cases: [caseOf('a.one')], invariants: [invariant] });
    expect(results.map((result) => rulingOnCheck(result, catalogue, '2025-11-25').verdict)).toEqual(['pass', 'error']);
  });

  it('in the judge is an error of the case', async () => {
    const unusable = caseOf('a.one', {
      steps: [{ request: { method: 'ping' }, expect: { result: { type: 'nonsense' } } }],
    });
    const { results } = await run({ cases: [unusable] });
    expect(rulingOnCheck(results[0] as (typeof results)[0], catalogue, '2025-11-25').verdict).toBe('error');
  });
});

describe('the stimuli of a run', () => {
  it('are what the configuration names and what the target shows', async () => {
    const testCase = caseOf('a.one', {
      needs: ['stimulus:slow-tool'],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of a case
      steps: [{ request: { id: '${slow-tool.name}', method: 'ping' }, expect: { result: true } }],
    });
    const { results, traces } = await run({ cases: [testCase] }, { stimuli: { 'slow-tool': { name: 'snail' } } });
    expect(results[0]?.sightings).toMatchObject([{ outcome: { kind: 'kept' } }]);
    expect(traces.at(-1)?.header.variables).toMatchObject({ 'slow-tool': { name: 'snail' } });
    const without = await run({ cases: [testCase] });
    expect(without.results[0]?.sightings).toMatchObject([{ outcome: { kind: 'skip', skip: 'not-verified' } }]);
  });
});

describe('the checks that speak of a revision', () => {
  const checks = [
    { id: 'a', title: '', requires: ['a.rule'] },
    { id: 'b', title: '', requires: ['a.old'] },
    { id: 'c', title: '', requires: ['a.old', 'a.rule'], revisions: '>=2025-11-25' },
    { id: 'd', title: '', requires: ['a.rule'], revisions: '2025-03-26' },
  ];
  it.each([
    ['2024-11-05', 'ab'],
    ['2025-03-26', 'abd'],
    ['2025-06-18', 'a'],
    ['2025-11-25', 'ac'],
  ] as const)('at %s', (revision, expected) => {
    expect(
      checksAt(checks, catalogue, revision)
        .map(({ id }) => id)
        .join(''),
    ).toBe(expected);
  });
});
