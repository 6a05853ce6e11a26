import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { frozenIdProblems } from '../fixtures/frozen-ids.ts';
import { catalogue } from './catalogue.ts';
import { readDataFile } from './data-file.ts';
import { packageRoot } from './package-root.ts';
import { validateCatalogueFile } from './requirement-file.ts';

const folder = join(packageRoot, 'spec/requirements');
const { all } = catalogue();
const entries = readdirSync(folder).flatMap((name) => {
  const { area, requirements } = readDataFile(join(folder, name), validateCatalogueFile).content;
  return requirements.map((entry) => ({ ...entry, name, area }));
});

/** The ids of those that have a problem: none, when all is well. */
const idsWhere = <T extends { readonly id: string }>(list: readonly T[], hasProblem: (one: T) => boolean) =>
  list.filter(hasProblem).map(({ id }) => id);

it('there are requirements', () => {
  expect(all.length).toBeGreaterThan(800);
  expect(all).toHaveLength(entries.length);
});

it('no id disappears', () => {
  expect(
    frozenIdProblems(
      'spec/requirement-ids.txt',
      all.map(({ id }) => id),
    ),
  ).toEqual([]);
});

describe('every requirement', () => {
  it('stands in the file of its area', () => {
    expect(idsWhere(entries, ({ name, area }) => name !== `${area}.yaml`)).toEqual([]);
  });

  it('begins with the key word of its level', () => {
    expect(
      idsWhere(entries, ({ text, level }) => /^(MUST|SHOULD|MAY)(?= NOT\b|,? [^N])/.exec(text)?.[1] !== level),
    ).toEqual([]);
  });

  it('is one sentence with a full stop', () => {
    expect(idsWhere(all, ({ text }) => !/[^.]\.$/.test(text) || text.includes('\n'))).toEqual([]);
  });

  it('says what stimulus it needs, where it needs one, and only there', () => {
    expect(
      idsWhere(
        all,
        ({ observe, stimulus }) => Object.values(observe).includes('stimulus') !== Boolean(stimulus?.trim()),
      ),
    ).toEqual([]);
  });

  it('says why nobody sees it, where nobody does, and only there', () => {
    expect(
      idsWhere(
        all,
        ({ observe, unobservable }) => (Object.keys(observe).length === 0) !== Boolean(unobservable?.trim()),
      ),
    ).toEqual([]);
  });

  it('is observed on sides that it binds in some revision', () => {
    // An authorization server shows itself through the server that names it.
    const binds = (role: string, side: string) =>
      role === side || role === 'both' || (role === 'authorization-server' && side === 'server');
    expect(
      idsWhere(all, ({ observe, revisions }) =>
        Object.keys(observe).some((side) => ![...revisions.values()].some(({ role }) => binds(role, side))),
      ),
    ).toEqual([]);
  });

  it('names its sources as pages with anchors', () => {
    const spelled = /^[a-z0-9/_-]+(#[^\s#]+)?$/;
    expect(
      idsWhere(all, ({ revisions }) =>
        [...revisions.values()].some(({ sources }) => sources.some((source) => !spelled.test(source))),
      ),
    ).toEqual([]);
  });
});
