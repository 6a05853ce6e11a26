/** The reference server: MCP from the protocol up, without an SDK. README.md beside this file says how it is laid out. */

import { toolsFeature } from './features/tools.ts';
import { createEndpoint } from './http/endpoint.ts';
import { listen } from './http/server.ts';
import { type ReferenceServerOptions, settingsFrom } from './options.ts';
import { createProtocol } from './protocol.ts';
import { SessionStore } from './sessions/store.ts';
import { stepsWith } from './steps.ts';
import { createRateLimit } from './tools/rate-limit.ts';
import { createUserService } from './tools/users/service.ts';

export type { AnswerMode, ReferenceServerOptions } from './options.ts';
export { SUPPORTED_REVISIONS } from './revisions.ts';
export type { Seams, Steps } from './steps.ts';

/** A server that is listening. */
export interface RunningReferenceServer {
  /** The URL of the MCP endpoint. */
  url: string;
  port: number;
  /** Ends all sessions and streams, answers what is in flight, and stops listening. */
  close(): Promise<void>;
}

/** How often expired sessions are looked for, in milliseconds; one that is used is found expired in any case. */
const SWEEP_INTERVAL = 60_000;

/**
 * Starts the reference server.
 *
 * @throws RangeError when an option is wrong
 * @throws Error when the address cannot be listened on
 */
export async function startReferenceServer(options: ReferenceServerOptions): Promise<RunningReferenceServer> {
  const settings = settingsFrom(options);
  const steps = stepsWith(options.seams);
  const { log } = settings;
  const sessions = new SessionStore({ ...settings, newId: steps.sessions.newSessionId });
  const userService = createUserService(settings.userServiceUrl, settings.userServiceTimeoutMs);
  const tools = toolsFeature({
    tools: steps.tools.allTools(userService),
    pageSize: settings.pageSize,
    rateLimit: createRateLimit(settings.toolCallsPerSecond),
    steps,
  });
  const protocol = createProtocol({ features: [tools], revisions: settings.revisions, steps, log });
  const server = await listen(
    createEndpoint({ settings, steps, sessions, protocol, log }),
    settings.host,
    settings.port,
  );

  const sweeping = setInterval(() => sessions.sweep(), SWEEP_INTERVAL).unref();
  const { address, family, port } = server.address;
  const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}${settings.path}`;
  log({ event: 'listening', url });
  return {
    url,
    port,
    async close() {
      clearInterval(sweeping);
      const closed = server.close();
      sessions.endAll();
      await closed;
      log({ event: 'closed', url });
    },
  };
}
