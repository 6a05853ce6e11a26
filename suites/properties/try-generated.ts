import fc from 'fast-check';
import type { Generation } from '../../harness/run/coded-check.ts';
import type { Departure } from './departure.ts';

/** What one generated value showed. */
export interface Shown {
  /** How the answer departed from what is allowed; null when it did not. */
  readonly departure: Departure | null;
}

/** A client that tries values on a server, one after the other. */
export interface Trier<Value, Sight extends Shown> {
  tryOne(value: Value): Promise<Sight>;
  close(): Promise<void>;
}

/** What is tried, and by whom. */
export interface Trying<Value, Sight extends Shown> {
  readonly values: fc.Arbitrary<Value>;
  readonly generation: Generation;
  /** Milliseconds after which nothing new is begun. */
  readonly timeMs: number;
  /** A client under a name; null when the server cannot be used. */
  open(name: string): Promise<Trier<Value, Sight> | null>;
}

/**
 * Tries generated values: with several clients side by side where there may be several, and where one of those fails, or
 * there is one client only, in turn, so that the failure is shrunk to the smallest value that still shows it.
 *
 * @returns what was seen, the smallest failure last of all failures; null when no client could be had
 */
export async function tryGenerated<Value, Sight extends Shown>(
  trying: Trying<Value, Sight>,
): Promise<readonly Sight[] | null> {
  const sideBySide = (trying.generation.clients ?? 1) > 1 ? await trySideBySide(trying) : null;
  if (sideBySide && !sideBySide.some(hasFailed)) return sideBySide;
  const inTurn = await tryInTurn(trying);
  // a failure that does not show again is one all the same
  return sideBySide?.some(hasFailed) && !inTurn?.some(hasFailed) ? sideBySide : inTurn;
}

function hasFailed({ departure }: Shown): boolean {
  return departure !== null;
}

/** Tries one value after the other; when one fails, shrinks it. */
async function tryInTurn<Value, Sight extends Shown>(trying: Trying<Value, Sight>): Promise<Sight[] | null> {
  const { values, timeMs, generation } = trying;
  const sights: Sight[] = [];
  let client = await trying.open('a');
  if (!client) return null;
  const until = performance.now() + timeMs;
  /** Whether a value leaves all well. Each failure gets a new client, so that it does not fail the values after it. */
  const isFine = async (value: Value): Promise<boolean> => {
    // Without a client nothing more can be learned; what failed first stays the counterexample.
    // What is under way when the time is up is waited for: an answer that was cut off by us says nothing.
    if (!client || performance.now() > until) return true;
    const sight = await client.tryOne(value);
    sights.push(sight);
    if (!hasFailed(sight)) return true;
    await client.close();
    client = await trying.open('a');
    return false;
  };
  try {
    await fc.check(fc.asyncProperty(values, isFine), { seed: generation.seed, numRuns: generation.runs });
  } finally {
    await client?.close();
  }
  return sights;
}

/**
 * Tries the same values with several clients at a time, up to the first failure. Whose value caused that is not certain where
 * all of them have one server.
 */
async function trySideBySide<Value, Sight extends Shown>(trying: Trying<Value, Sight>): Promise<Sight[] | null> {
  const { seed, runs, clients = 1 } = trying.generation;
  const values = fc.sample(trying.values, { seed, numRuns: runs }).values();
  const sights: Sight[] = [];
  const until = performance.now() + trying.timeMs;
  const first = await trying.open('a');
  if (!first) return null;
  const work = async (client: Trier<Value, Sight> | null) => {
    try {
      while (client && !sights.some(hasFailed) && performance.now() < until) {
        const { value, done } = values.next();
        if (done) return;
        sights.push(await client.tryOne(value));
      }
    } finally {
      await client?.close();
    }
  };
  const others = Array.from({ length: clients - 1 }, (_, at) => `b${at + 1}`);
  await Promise.all([work(first), ...others.map(async (name) => work(await trying.open(name)))]);
  return sights;
}
