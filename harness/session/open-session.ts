import { encode } from '../run/step-body.ts';
import { type Target, transportOf } from '../target/target.ts';
import type { Client } from './client.ts';
import { ClientSession, type Surroundings } from './http-session.ts';
import { SseSession } from './sse-session.ts';
import { StdioSession } from './stdio-session.ts';

/** A client of a target over the transport that the target speaks. */
export function connect(name: string, target: Target, around: Omit<Surroundings, 'target'>): Client {
  if (target.command) return new StdioSession(name, target.command, around);
  const over = { ...around, target };
  return transportOf(target) === 'http+sse' ? new SseSession(name, over) : new ClientSession(name, over);
}

/** Sends an ordinary initialize request; gives the number of the exchange. */
export function openSession(client: Client): Promise<number> {
  const id = client.nextId();
  const message = { jsonrpc: '2.0', id, method: 'initialize', params: client.initializeParams() };
  return client.send({ step: -1, method: 'POST', body: encode(message), awaits: [id] });
}

/** Sends notifications/initialized. */
export function confirmSession(client: Client): Promise<number> {
  return client.send({
    step: -1,
    method: 'POST',
    body: encode({ jsonrpc: '2.0', method: 'notifications/initialized' }),
  });
}
