import type { Json, JsonRpcNotification } from '../../spec/messages.ts';

/** The severities of log messages, the least severe first (RFC 5424, section 6.2.1). */
export const LEVELS = ['debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency'] as const;

/** The severity of a log message. */
export type Level = (typeof LEVELS)[number];

/**
 * Sends a log message to the client whose request is being served. Does nothing when the client does not want messages of
 * this level, or when the request is over. Messages never hold secrets, a user's data or the server's inside
 * (server/utilities/logging, "Security").
 */
export type Tell = (level: Level, data: Json) => void;

/** The name of the one logger there is. */
const LOGGER = 'assay';

/** More messages than this on one request are dropped, so that a tool cannot flood its client. */
const MOST_MESSAGES = 1000;

/** Whether a value names a level. */
export function isLevel(value: Json | undefined): value is Level {
  return (LEVELS as readonly Json[]).includes(value ?? null);
}

/** Whether a client that asked for one level wants messages of another; undefined is a client that wants none. */
export function wanted(level: Level, minimum: Level | undefined): boolean {
  return minimum !== undefined && LEVELS.indexOf(level) >= LEVELS.indexOf(minimum);
}

/** The notification that carries a log message. */
export function logNotification(level: Level, data: Json): JsonRpcNotification {
  return { jsonrpc: '2.0', method: 'notifications/message', params: { level, logger: LOGGER, data } };
}

/** Makes what a request's handler tells its client by. */
export function tellerOf(
  minimum: () => Level | undefined,
  send: (message: JsonRpcNotification) => void,
  logging: { wanted: typeof wanted; logNotification: typeof logNotification },
): { tell: Tell; stop(): void } {
  let left = MOST_MESSAGES;
  return {
    tell(level, data) {
      if (left <= 0 || !logging.wanted(level, minimum())) return;
      left -= 1;
      send(logging.logNotification(level, data));
    },
    stop() {
      left = 0;
    },
  };
}
