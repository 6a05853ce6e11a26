import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readChallenges } from './challenges.ts';

describe('WWW-Authenticate', () => {
  it.each<[string, object]>([
    ['', {}],
    ['Bearer', { bearer: {} }],
    [
      'Bearer resource_metadata="https://a.example/x, y", scope="a b",error=invalid_token',
      { bearer: { resource_metadata: 'https://a.example/x, y', scope: 'a b', error: 'invalid_token' } },
    ],
    ['Basic realm="say \\"x\\"", Bearer Scope=a', { basic: { realm: 'say "x"' }, bearer: { scope: 'a' } }],
    ['Negotiate dGVzdA==, bearer error = "x"', { negotiate: {}, bearer: { error: 'x' } }],
    ['Bearer realm="never ends', { bearer: {} }],
    [', ,Bearer , scope="a"', { bearer: { scope: 'a' } }],
    ['="x"', {}],
  ])('%s', (field, challenges) => {
    expect(readChallenges(field)).toEqual(challenges);
  });

  it('whatever it is, is read to an end', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'aB =",\\;\t/') }), (field) => {
        expect(readChallenges(field)).toBeTypeOf('object');
      }),
    );
  });
});
