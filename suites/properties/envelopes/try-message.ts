import { observe } from '../../../harness/judge/observation.ts';
import { ClientSession } from '../../../harness/session/http-session.ts';
import { confirmSession, openSession } from '../../../harness/session/open-session.ts';
import { exchangeIn } from '../../../harness/trace/exchange.ts';
import type { TraceEvent } from '../../../harness/trace/trace.ts';
import type { Json } from '../../../spec/messages.ts';
import type { Place } from '../place.ts';
import type { ShownIn } from '../shown-sightings.ts';
import type { Trier } from '../try-generated.ts';
import { departure, kindOf } from './model.ts';

/** What one generated message showed. */
export interface Sight extends ShownIn {
  readonly message: Json;
}

/** A client with a session that is ready, and sends messages in it; null when the server does not open one. */
export async function openSender(name: string, { setting, recorder, pool }: Place): Promise<Trier<Json, Sight> | null> {
  const { target, limits, revision } = setting;
  const around = { pool, recorder, target, limits, revision, capabilities: {}, answers: {} };
  const client = new ClientSession(name, around);
  const opening = exchangeIn(recorder.events, await openSession(client));
  if (!opening || !observe(opening).result) {
    await client.close();
    return null;
  }
  await confirmSession(client);
  return {
    tryOne: (message) => tryMessage(client, message, recorder.events),
    close: () => client.close(),
  };
}

/** Sends one message, judges its answer, and sees whether the session still works. */
async function tryMessage(client: ClientSession, message: Json, events: readonly TraceEvent[]): Promise<Sight> {
  const see = (exchange: number) => {
    const found = exchangeIn(events, exchange);
    return found ? observe(found) : {};
  };
  const kind = kindOf(message);
  const awaits = kind === 'ping' || kind === 'unknown-method' ? [0] : [];
  const exchange = await client.send({ step: 0, method: 'POST', body: Buffer.from(JSON.stringify(message)), awaits });
  const departed = departure(message, see(exchange));
  if (departed || kind === 'ping') return { message, exchange, departure: departed };
  const id = client.nextId();
  const ping = { jsonrpc: '2.0', id: `assay-after-${id}`, method: 'ping' };
  const after = await client.send({ step: 0, method: 'POST', body: Buffer.from(JSON.stringify(ping)), awaits: [0] });
  const unusable = departure(ping, see(after));
  return {
    message,
    exchange: unusable ? after : exchange,
    departure: unusable && {
      ...unusable,
      message: `after the message the session was not usable: ${unusable.message}`,
    },
  };
}
