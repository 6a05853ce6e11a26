import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { frozenIdProblems } from '../../fixtures/frozen-ids.ts';
import { catalogue } from '../../spec/catalogue.ts';
import type { Json } from '../../spec/messages.ts';
import { packageRoot } from '../../spec/package-root.ts';
import { REVISIONS, revisionsIn } from '../../spec/revisions.ts';
import { isObject } from '../wire/json-rpc.ts';
import { type Case, expectationsOf, type Seen, type Step } from './case.ts';
import { loadCases } from './load-cases.ts';

const cases = loadCases(join(packageRoot, 'suites/server'), catalogue());
const rules = catalogue();

/** What is wrong, one sentence for each finding: nothing, when all is well. */
function problems(find: (testCase: Case) => readonly string[]): string[] {
  return cases.flatMap((testCase) => find(testCase).map((problem) => `${testCase.id}: ${problem}`));
}

function schemasOf(step: Step): Seen[] {
  const expectations = expectationsOf(step);
  const conditions = expectations.map(({ when = {} }) => when);
  return [...expectations.map(({ that }) => that), ...conditions, ...(step.assume ?? []).map(({ that }) => that)];
}

function placeholdersIn(value: unknown): string[] {
  if (typeof value === 'string') return [...value.matchAll(/\$\{([^}.]+)[^}]*\}/g)].map(([, first = '']) => first);
  if (Array.isArray(value)) return value.flatMap(placeholdersIn);
  return isObject(value) ? Object.entries(value).flatMap(placeholdersIn) : [];
}

it('there are cases', () => {
  expect(cases.length).toBeGreaterThan(100);
});

it('no id of a case disappears', () => {
  expect(
    frozenIdProblems(
      'suites/case-ids.txt',
      cases.map(({ id }) => id),
    ),
  ).toEqual([]);
});

describe('every case', () => {
  it('requires rules that hold in a revision that it speaks of', () => {
    expect(
      problems(({ requires, revisions }) => {
        const spoken = revisionsIn(revisions ?? 'all');
        return requires.filter((id) => !spoken.some((revision) => rules.get(id)?.revisions.has(revision)));
      }),
    ).toEqual([]);
  });

  it('names no revision in which none of its rules holds', () => {
    expect(
      problems(({ requires, revisions }) =>
        revisions === undefined
          ? []
          : revisionsIn(revisions).filter((revision) => !requires.some((id) => rules.get(id)?.revisions.has(revision))),
      ),
    ).toEqual([]);
  });

  it('requires rules that can be seen on a server', () => {
    expect(problems(({ requires }) => requires.filter((id) => !rules.get(id)?.observe.server))).toEqual([]);
  });

  it('has an expectation for each rule that it requires', () => {
    expect(
      problems(({ requires, steps }) => {
        const judged = steps.flatMap(expectationsOf).map(({ rule }) => rule ?? requires[0]);
        return requires.filter((id) => !judged.includes(id));
      }),
    ).toEqual([]);
  });

  it('judges each rule where it holds, in some revision of the expectation', () => {
    expect(
      problems(({ requires, revisions, steps }) =>
        steps.flatMap(expectationsOf).flatMap((expectation) => {
          const id = expectation.rule ?? requires[0] ?? '';
          const own = revisionsIn(expectation.revisions ?? 'all');
          const spoken = revisionsIn(revisions ?? 'all').filter((revision) => own.includes(revision));
          return spoken.some((revision) => rules.get(id)?.revisions.has(revision)) ? [] : [id];
        }),
      ),
    ).toEqual([]);
  });

  it('is written in keywords that JSON Schema knows', () => {
    // The judge's own ajv ignores what it does not know, and with it a misspelled keyword.
    const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, strictTuples: false });
    formats.default(ajv);
    const compile = (schema: Json) => {
      try {
        const counted = JSON.stringify(schema).replaceAll(/"\$\{count\.[^}]*\}"/g, '1');
        const filled: Json = JSON.parse(counted.replaceAll(/\$\{[^}]*\}/g, 'assay'));
        if (isObject(filled)) ajv.compile(filled);
        return [];
      } catch (error) {
        return [`${JSON.stringify(schema)}: ${error}`];
      }
    };
    expect(
      problems(({ steps }) =>
        steps.flatMap((step) => schemasOf(step).flatMap((seen) => Object.values(seen).flatMap(compile))),
      ),
    ).toEqual([]);
  });

  it('speaks only of what is known when it speaks', () => {
    expect(
      problems(({ example, needs = [], steps }) => {
        const stimuli = needs
          .filter((need) => need.startsWith('stimulus:'))
          .map((need) => need.slice('stimulus:'.length));
        const known = new Set([
          'revision',
          'alive',
          'origin',
          'path',
          'filler',
          'nested',
          'meddled',
          'count',
          'server',
          'tools',
          'prompts',
          ...stimuli,
          ...(needs.some((need) => need.startsWith('token:')) ? ['tokens'] : []),
          ...Object.keys(example),
        ]);
        return steps.flatMap((step, index) => {
          const { expect: _, assume: __, ...action } = step;
          const sent = placeholdersIn(action).filter((name) => !known.has(name) && name !== 'session');
          if (step.name) known.add(step.name);
          const seen = schemasOf(step)
            .flatMap(placeholdersIn)
            .filter((name) => !known.has(name));
          return [...sent, ...seen].map((name) => `step ${index + 1} speaks of \${${name}}, which is not known there`);
        });
      }),
    ).toEqual([]);
  });

  it('uses every member of its examples', () => {
    expect(
      problems(({ example, steps }) => {
        const used = new Set(placeholdersIn(steps));
        return Object.keys(example).filter((name) => !used.has(name));
      }),
    ).toEqual([]);
  });
});

it('each revision over Streamable HTTP has cases', () => {
  const speaking = (revision: (typeof REVISIONS)[number]) =>
    cases.filter(
      ({ requires, revisions }) =>
        revisionsIn(revisions ?? 'all').includes(revision) &&
        requires.some((id) => rules.get(id)?.revisions.has(revision)),
    ).length;
  for (const revision of REVISIONS.slice(1)) expect(speaking(revision), revision).toBeGreaterThan(50);
});
