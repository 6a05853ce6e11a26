/** The reference server: MCP from the protocol up, without an SDK. README.md beside this file says how it is laid out. */

import type { Readable, Writable } from 'node:stream';
import { createOffer, statefulProtocol, statelessProtocol } from './assemble.ts';
import { InFlight } from './dispatch/in-flight.ts';
import { createEndpoint } from './http/endpoint.ts';
import { listen } from './http/server.ts';
import { LegacySse } from './legacy-sse/connections.ts';
import { type ReferenceServerOptions, settingsFrom } from './options.ts';
import { revisionsFor } from './revisions.ts';
import { SessionStore } from './sessions/store.ts';
import { type StdioServer, serveStdio } from './stdio/server.ts';
import { stepsWith } from './steps.ts';

export type { AnswerMode, ReferenceServerOptions } from './options.ts';
export { SUPPORTED_REVISIONS } from './revisions.ts';
export type { StdioServer } from './stdio/server.ts';
export type { Seams, Steps } from './steps.ts';

/** A server that is listening. */
export interface RunningReferenceServer {
  /** The URL of the MCP endpoint. */
  url: string;
  /** The URL at which clients of the HTTP+SSE transport of 2024-11-05 connect; undefined when that is not spoken. */
  sseUrl: string | undefined;
  port: number;
  /** Ends all sessions and streams, answers what is in flight, and stops listening. */
  close(): Promise<void>;
}

/** How often expired sessions are looked for, in milliseconds; one that is used is found expired in any case. */
const SWEEP_INTERVAL = 60_000;

/**
 * Starts the reference server over HTTP: Streamable HTTP, and HTTP+SSE beside it if 2024-11-05 is among the revisions.
 *
 * @throws RangeError when an option is wrong
 * @throws Error when the address cannot be listened on
 */
export async function startReferenceServer(options: ReferenceServerOptions): Promise<RunningReferenceServer> {
  const settings = settingsFrom(options);
  const steps = stepsWith(options.seams);
  const { log, host, port: wantedPort } = settings;
  const offer = createOffer(settings, steps);
  const sessions = new SessionStore({ ...settings, changes: steps.changes, newId: steps.sessions.newSessionId });
  const inFlight = new InFlight();
  const legacySse = revisionsFor(settings.revisions, 'stateful', 'http-sse').length > 0 ? new LegacySse() : undefined;
  let key = 0;
  const stateless = statelessProtocol('streamable-http', offer, settings, steps);
  const endpoint = createEndpoint({
    settings,
    steps,
    sessions,
    protocol: statefulProtocol('streamable-http', offer, settings, steps),
    stateless,
    inFlight,
    nextKey() {
      key += 1;
      return key;
    },
    inputSchemaOf: offer.inputSchemaOf,
    legacySse,
    legacyProtocol: statefulProtocol('http-sse', offer, settings, steps),
    log,
  });
  const server = await listen(endpoint, host, wantedPort);

  const sweeping = setInterval(() => sessions.sweep(), SWEEP_INTERVAL).unref();
  const { address, family, port } = server.address;
  const origin = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
  const url = `${origin}${settings.path}`;
  log({ event: 'listening', url });
  return {
    url,
    sseUrl: legacySse === undefined ? undefined : `${origin}${settings.ssePath}`,
    port,
    async close() {
      clearInterval(sweeping);
      const closed = server.close();
      inFlight.stopAll('shutdown');
      stateless?.close();
      sessions.endAll();
      // What was in flight is answered first, on the streams that then end.
      setImmediate(() => legacySse?.endAll());
      await closed;
      log({ event: 'closed', url });
    },
  };
}

/**
 * Starts the reference server on standard input and output, or on the streams given. Whatever writes to standard output
 * beside it breaks the protocol.
 *
 * @throws RangeError when an option is wrong
 */
export function startReferenceServerOnStdio(
  options: ReferenceServerOptions,
  { input = process.stdin, output = process.stdout }: { input?: Readable; output?: Writable } = {},
): StdioServer {
  const settings = settingsFrom(options);
  const steps = stepsWith(options.seams);
  const offer = createOffer(settings, steps);
  return serveStdio({
    input,
    output,
    stateful: statefulProtocol('stdio', offer, settings, steps),
    stateless: statelessProtocol('stdio', offer, settings, steps),
    revisions: settings.revisions,
    maxLineBytes: settings.maxBodyBytes,
    drainMs: settings.drainMs,
    steps,
    log: settings.log,
  });
}
