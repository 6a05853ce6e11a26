import { expect, it } from 'vitest';
import { remarkOnUncalled } from './uncalled-tools.ts';

const plain = { name: 'add', inputSchema: { type: 'object' } };
const reading = { ...plain, annotations: { readOnlyHint: true } };

it('speaks of tools that nothing may call', () => {
  expect(remarkOnUncalled([plain, plain], 'read-only')).toEqual([expect.stringMatching(/^None of its 2 tools says/)]);
  expect(remarkOnUncalled([plain], 'read-only')).toEqual([expect.stringMatching(/^Its only tool does not say/)]);
});

it('is silent where some were called, where the user decided, and where there are none', () => {
  expect(remarkOnUncalled([plain, reading], 'read-only')).toEqual([]);
  expect(remarkOnUncalled([plain], 'none')).toEqual([]);
  expect(remarkOnUncalled([plain], ['add'])).toEqual([]);
  expect(remarkOnUncalled([], 'read-only')).toEqual([]);
  expect(remarkOnUncalled(undefined, 'read-only')).toEqual([]);
});
