import { type Observation, observe } from '../../../harness/judge/observation.ts';
import { ClientSession } from '../../../harness/session/http-session.ts';
import { requestMeta, withMeta } from '../../../harness/session/request-metadata.ts';
import { exchangeIn } from '../../../harness/trace/exchange.ts';
import type { Json } from '../../../spec/messages.ts';
import type { Place } from '../place.ts';
import type { ShownIn } from '../shown-sightings.ts';
import type { Trier } from '../try-generated.ts';
import type { Asking, Kind } from './arbitraries.ts';
import { departure } from './model.ts';

/** What one generated request showed. */
export interface Sight extends ShownIn, Asking {}

/** Requests that a server owes a response. */
const AWAITED: ReadonlySet<Kind> = new Set(['served', 'respelled', 'unknown-method']);
/** Requests that show by themselves that the server works. */
const SERVED: ReadonlySet<Kind> = new Set(['served', 'respelled']);

/** A client that sends requests to a server that works; null when it does not. */
export async function openAsker(
  name: string,
  { setting, recorder, pool }: Place,
): Promise<Trier<Asking, Sight> | null> {
  const { target, limits, revision } = setting;
  const client = new ClientSession(name, { pool, recorder, target, limits, revision, capabilities: {}, answers: {} });
  const see = async (
    { message: bare, headers, meta }: Omit<Asking, 'kind'>,
    awaits: readonly Json[],
  ): Promise<Seen> => {
    const message = withMeta(bare, { ...requestMeta(revision, {}), ...meta });
    const body = Buffer.from(JSON.stringify(message));
    const number = await client.send({ step: 0, method: 'POST', body, headers, awaits });
    const exchange = exchangeIn(recorder.events, number);
    return { number, seen: exchange ? observe(exchange) : {} };
  };
  const works = () =>
    see({ message: { jsonrpc: '2.0', id: client.nextId(), method: 'server/discover' }, headers: {}, meta: {} }, [0]);
  if (departure('served', (await works()).seen)) {
    await client.close();
    return null;
  }
  return {
    tryOne: async (one) => {
      const { number, seen } = await see(one, AWAITED.has(one.kind) ? [0] : []);
      const departed = departure(one.kind, seen);
      if (departed || SERVED.has(one.kind)) return { ...one, exchange: number, departure: departed };
      const after = await works();
      const broken = departure('served', after.seen);
      const message = `after the message the server did not work: ${broken?.message}`;
      return broken
        ? { ...one, exchange: after.number, departure: { ...broken, message } }
        : { ...one, exchange: number, departure: null };
    },
    close: () => client.close(),
  };
}

interface Seen {
  readonly number: number;
  readonly seen: Observation;
}
