import type { Invariant } from './invariant.ts';

/** Every invariant that a server's traffic is held against. */
export const serverInvariants: readonly Invariant[] = [];
