import { Agent } from 'undici';

/** The trace's owner decides how long to wait. */
const WITHOUT_TIMERS = { headersTimeout: 0, bodyTimeout: 0, connectTimeout: 0, allowH2: false } as const;

/** A pool of connections without timers of its own. */
export function openPool(): Agent {
  return new Agent({ ...WITHOUT_TIMERS, keepAliveTimeout: 2_000, maxHeaderSize: 256 * 1024 });
}

/** Connections that are used once. */
export const singleUse = new Agent({ ...WITHOUT_TIMERS, maxHeaderSize: 256 * 1024, pipelining: 0 });

/** What ends a pool's connections: one error for all of them, since the stack of each new one takes longer than the rest. */
const OVER = new Error('the case is over');

/** Closes every connection of a pool. */
export async function closePool(pool: Agent): Promise<void> {
  await pool.destroy(OVER);
}
