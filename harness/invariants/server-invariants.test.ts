import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../spec/catalogue.ts';
import { REVISIONS } from '../../spec/revisions.ts';
import type { Invariant } from './invariant.ts';
import { serverInvariants } from './server-invariants.ts';
import { viewOf } from './testing/trace-builder.ts';

describe('the invariants of a server', () => {
  it('have ids of their own, of the form invariant.AREA.NAME', () => {
    const ids = serverInvariants.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => !/^invariant(\.[a-z0-9-]+){1,2}$/.test(id))).toEqual([]);
  });

  it('have titles that are sentences without a full stop', () => {
    expect(serverInvariants.filter(({ title }) => !/^[a-zA-Z].*[^.]$/.test(title))).toEqual([]);
  });

  it('blame only requirements of the catalogue that a server can be seen to break', () => {
    const unknown = serverInvariants.flatMap(({ requires }) =>
      requires.filter((id) => catalogue().get(id)?.observe.server === undefined),
    );
    expect(unknown).toEqual([]);
  });

  it.each(REVISIONS)('say nothing of a trace without traffic at %s', (revision) => {
    expect(serverInvariants.flatMap((invariant) => invariant.judge(viewOf(revision, [])))).toEqual([]);
  });

  it('are all registered', async () => {
    const names = readdirSync(import.meta.dirname).flatMap((name) => /^([a-z0-9-]+)\.ts$/.exec(name)?.[1] ?? []);
    const modules = await Promise.all(names.map((name): Promise<object> => import(/* @vite-ignore */ `./${name}.ts`)));
    const found = modules.flatMap((module) => Object.values(module).filter(isInvariant));
    expect(new Set(found)).toEqual(new Set(serverInvariants));
  });
});

function isInvariant(value: unknown): value is Invariant {
  return typeof value === 'object' && value !== null && 'judge' in value && 'requires' in value;
}
