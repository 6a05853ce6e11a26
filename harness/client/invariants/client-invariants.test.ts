import { expect, it } from 'vitest';
import { catalogue } from '../../../spec/catalogue.ts';
import { clientInvariants } from './client-invariants.ts';

it('cites only requirements that can be seen of a client', () => {
  const cited = clientInvariants.flatMap(({ requires }) => requires);
  expect(cited.filter((id) => !catalogue().get(id)?.observe.client)).toEqual([]);
  expect(cited.length).toBeGreaterThan(20);
});

it('has one id for each', () => {
  const ids = clientInvariants.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !id.startsWith('invariant.client.'))).toEqual([]);
});
