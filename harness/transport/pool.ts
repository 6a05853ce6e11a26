import { Agent } from 'undici';

/** A pool of connections without timers of its own: the trace's owner decides how long to wait. */
export function openPool(): Agent {
  return new Agent({
    headersTimeout: 0,
    bodyTimeout: 0,
    connectTimeout: 0,
    keepAliveTimeout: 2_000,
    maxHeaderSize: 256 * 1024,
    allowH2: false,
  });
}

/** What ends a pool's connections: one error for all of them, since the stack of each new one takes longer than the rest. */
const OVER = new Error('the case is over');

/** Closes every connection of a pool. */
export async function closePool(pool: Agent): Promise<void> {
  await pool.destroy(OVER);
}
