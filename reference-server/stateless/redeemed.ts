/** The states that were good for once and have served: each until it would be too old in any case. */
export type Redeemed = Map<string, number>;

/**
 * Takes a state that serves once (2026-07-28, basic/patterns/mrtr, "Server Requirements"); false when it has served before.
 *
 * @param until when the state is too old, in milliseconds since the epoch
 */
export function redeem(redeemed: Redeemed, state: string, until: number, now: number): boolean {
  for (const [old, end] of redeemed) if (end <= now) redeemed.delete(old);
  if (redeemed.has(state)) return false;
  redeemed.set(state, until);
  return true;
}
