import fc from 'fast-check';
import { observe } from '../../../harness/judge/observation.ts';
import type { Generation } from '../../../harness/run/coded-check.ts';
import type { RunSetting } from '../../../harness/run/run-setting.ts';
import { ClientSession } from '../../../harness/session/http-session.ts';
import { confirmSession, openSession } from '../../../harness/session/open-session.ts';
import { exchangeIn } from '../../../harness/trace/exchange.ts';
import type { Recorder } from '../../../harness/trace/trace.ts';
import type { openPool } from '../../../harness/transport/pool.ts';
import type { Json } from '../../../spec/messages.ts';
import { brokenMessage, validMessage } from './arbitraries.ts';
import { type Sight, tryMessage } from './try-message.ts';

const MESSAGES = fc.oneof(validMessage, brokenMessage);

/** Where messages are tried: against what, over which connections, and where it is recorded. */
export interface Place {
  readonly setting: RunSetting & Generation;
  readonly recorder: Recorder;
  readonly pool: ReturnType<typeof openPool>;
}

/** What the messages showed, in the order of their trial; null when no session could be opened. */
export type Made = readonly Sight[] | null;

/** Whether the answer to a message was one that is not allowed. */
export function hasFailed({ departure: departed }: Sight): boolean {
  return departed !== null;
}

/** Tries one message after the other; when one fails, shrinks it. */
export async function tryInTurn({ setting, recorder, pool }: Place): Promise<Made> {
  const sights: Sight[] = [];
  let client = await openClient('a', { setting, recorder, pool });
  if (!client) return null;
  const until = performance.now() + timeFor(setting);
  /** Whether a message leaves all well. Each failure gets a new session, so that it does not fail the messages after it. */
  const isFine = async (message: Json): Promise<boolean> => {
    // Without a session nothing more can be learned; what failed first stays the counterexample.
    // What is under way when the time is up is waited for: an answer that was cut off by us says nothing.
    if (!client || performance.now() > until) return true;
    const sight = await tryMessage(client, message, recorder.events);
    sights.push(sight);
    if (!sight.departure) return true;
    await client.close();
    client = await openClient('a', { setting, recorder, pool });
    return false;
  };
  try {
    await fc.check(fc.asyncProperty(MESSAGES, isFine), {
      seed: setting.seed,
      numRuns: setting.runs,
    });
  } finally {
    await client?.close();
  }
  return sights;
}

/**
 * Tries the same messages with several clients at a time, up to the first failure. Whose message caused that is not certain
 * where all of them have one server.
 */
export async function trySideBySide(place: Place): Promise<Made> {
  const { setting, recorder } = place;
  const messages = generated(setting);
  const sights: Sight[] = [];
  const until = performance.now() + timeFor(setting);
  const first = await openClient('a', place);
  if (!first) return null;
  const work = async (client: ClientSession | null) => {
    try {
      while (client && !sights.some(hasFailed) && performance.now() < until) {
        const message = messages.shift();
        if (message === undefined) return;
        sights.push(await tryMessage(client, message, recorder.events));
      }
    } finally {
      await client?.close();
    }
  };
  const others = ['b', 'c', 'd'].slice(0, (setting.clients ?? 1) - 1);
  await Promise.all([work(first), ...others.map(async (name) => work(await openClient(name, place)))]);
  return sights;
}

/** The messages that a seed stands for, the same that are tried in turn. */
export function generated({ seed, runs }: Generation): Json[] {
  return fc.sample(MESSAGES, { seed, numRuns: runs });
}

function timeFor({ limits }: RunSetting): number {
  return 4 * limits.stepMs;
}

/** A client with a session that is ready; null when the server does not open one. */
async function openClient(name: string, { setting, recorder, pool }: Place): Promise<ClientSession | null> {
  const { target, limits, revision } = setting;
  const around = { pool, recorder, target, limits, revision, capabilities: {}, answers: {} };
  const client = new ClientSession(name, around);
  const opening = exchangeIn(recorder.events, await openSession(client));
  if (!opening || !observe(opening).result) {
    await client.close();
    return null;
  }
  await confirmSession(client);
  return client;
}
