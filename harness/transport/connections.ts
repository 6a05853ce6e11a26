import type { Agent } from 'undici';
import { closePool, openPool } from './pool.ts';

/** Milliseconds after which a connection is not lent any more: one side or the other may be about to close it. */
const YOUNG_MS = 1_000;

/**
 * The connections of a run. Each client has a pool to itself as long as it lives; a connection that it leaves in order is
 * lent to a later one, which spares a far-away target a round trip (over TLS two or three), and both sides the work.
 */
export class Connections {
  /** How many connections each pool has opened. */
  readonly #opened = new Map<Agent, number>();
  readonly #idle: { readonly pool: Agent; readonly since: number }[] = [];

  /** A pool for one client: the one given back last, so that connections are lent before they grow old, or a new one. */
  lend(): Agent {
    const left = this.#idle.pop();
    if (!left) return this.#open();
    if (isFree(left.pool) && performance.now() - left.since < YOUNG_MS) return left.pool;
    void this.#drop(left.pool);
    return this.lend();
  }

  /**
   * Takes a pool back whose client has ended all its exchanges. It is lent again if all of them went over one connection that
   * can take the next one, so that requests one after the other go over one connection for the next client too.
   */
  async giveBack(pool: Agent): Promise<void> {
    if (this.#opened.get(pool) === 1 && isFree(pool)) {
      this.#idle.push({ pool, since: performance.now() });
      return;
    }
    await this.#drop(pool);
  }

  /** Closes every connection. */
  async close(): Promise<void> {
    this.#idle.length = 0;
    const pools = [...this.#opened.keys()];
    this.#opened.clear();
    await Promise.all(pools.map(closePool));
  }

  async #drop(pool: Agent): Promise<void> {
    this.#opened.delete(pool);
    await closePool(pool);
  }

  #open(): Agent {
    const pool = openPool();
    this.#opened.set(pool, 0);
    pool.on('connect', () => {
      const before = this.#opened.get(pool);
      if (before !== undefined) this.#opened.set(pool, before + 1);
    });
    return pool;
  }
}

/** Whether a pool has a connection on which a request can be put at once. */
function isFree(pool: Agent): boolean {
  const stats = Object.values(pool.stats);
  return stats.some((one) => 'free' in one && one.free === 1);
}
