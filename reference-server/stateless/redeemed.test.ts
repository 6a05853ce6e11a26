import { expect, it } from 'vitest';
import { type Redeemed, redeem } from './redeemed.ts';

it('takes a state once, and forgets it when it would be too old anyway', () => {
  const redeemed: Redeemed = new Map();
  expect(redeem(redeemed, 'a', 10, 0)).toBe(true);
  expect(redeem(redeemed, 'a', 10, 1)).toBe(false);
  expect(redeem(redeemed, 'b', 20, 10)).toBe(true);
  expect([...redeemed.keys()]).toEqual(['b']);
});
