import type { ServerResponse } from 'node:http';
import { expect, onTestFinished } from 'vitest';
import { type Exception, mcpScript, type Ordinary } from '../../fixtures/scripted/mcp-script.ts';
import { startScripted } from '../../fixtures/scripted/scripted-server.ts';
import type { Json } from '../../spec/messages.ts';
import { traceOf } from '../judge/testing/trace-of.ts';
import type { Sending } from '../session/client.ts';
import { ClientSession, type Surroundings } from '../session/http-session.ts';
import { type Limits, limitsFor } from '../target/limits.ts';
import { type Exchange, exchangesOf } from '../trace/exchange.ts';
import { Recorder } from '../trace/trace.ts';
import { openPool } from '../transport/pool.ts';

/**
 * A client of a server that does what `exception` says and is ordinary for the rest; the test's end ends both.
 */
export async function clientOf(
  exception: Exception,
  {
    limits = {},
    ordinary = {},
    ...more
  }: Partial<Omit<Surroundings, 'limits'>> & { limits?: Partial<Limits>; ordinary?: Ordinary } = {},
) {
  const server = await startScripted(mcpScript(exception, ordinary));
  const pool = openPool();
  onTestFinished(() => pool.destroy());
  onTestFinished(server.close);
  const recorder = new Recorder();
  const client = new ClientSession('a', {
    pool,
    recorder,
    target: { url: server.url, credentials: [] },
    limits: { ...limitsFor(30_000), ...limits },
    revision: '2025-11-25',
    capabilities: {},
    answers: {},
    ...more,
  });
  const exchanges = () => exchangesOf({ header: traceOf([]).header, events: [...recorder.events] });
  /** Closes everything; then each exchange has exactly one end and no connection is left. */
  const close = async (): Promise<readonly Exchange[]> => {
    await client.close();
    await pool.destroy();
    await server.idle();
    const all = exchanges();
    for (const { id } of all) {
      const ends = recorder.events.filter((event) => event.kind === 'end' && event.exchange === id);
      expect(ends, `ends of exchange ${id}`).toHaveLength(1);
    }
    return all;
  };
  return { client, server, exchanges, close };
}

/** Leaves everything to the ordinary server. */
export const ordinary: Exception = () => false;

/** A POST with a message. */
export const post = (message: Json, more: Partial<Sending> = {}): Sending => ({
  step: 0,
  method: 'POST',
  body: Buffer.from(JSON.stringify(message)),
  ...more,
});

/** A ping and its response. */
export const PING = { jsonrpc: '2.0', id: 'p', method: 'ping' };
export const PONG = { jsonrpc: '2.0', id: 'p', result: {} };

/** A POST with a ping that awaits its response. */
export const ping = (more: Partial<Sending> = {}): Sending => post(PING, { awaits: ['p'], ...more });

/** Answers pings in a way of its own. */
export const onPing =
  (answer: (response: ServerResponse) => void): Exception =>
  ({ message }, response) => {
    if (message.method !== 'ping') return false;
    answer(response);
    return true;
  };

/** How an exchange ended. */
export const ending = (exchanges: readonly Exchange[], at = 0) => exchanges[at]?.end?.how;
