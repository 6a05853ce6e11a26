import type { JsonObject, JsonRpcNotification, RequestId } from '../../spec/messages.ts';
import { ErrorCode, ProtocolError } from '../envelope/error.ts';
import { isObject, isRequestId } from '../envelope/message.ts';
import type { Outlet, ReportProgress } from './context.ts';

/**
 * The progress token of a request, undefined if it has none. Zero and the empty string are tokens like any other
 * (2025-11-25, basic/utilities/progress, "Progress Flow").
 *
 * @throws ProtocolError -32602 when `_meta` is not an object or the token is neither a string nor an integer
 */
export function progressToken(params: JsonObject): RequestId | undefined {
  const meta = params._meta;
  if (meta === undefined) return undefined;
  if (!isObject(meta)) throw new ProtocolError(ErrorCode.invalidParams, '"_meta" must be an object.');
  const token = meta.progressToken;
  if (token === undefined || isRequestId(token)) return token;
  throw new ProtocolError(ErrorCode.invalidParams, '"_meta.progressToken" must be a string or an integer.');
}

/** The notification that carries one report. */
export function progressNotification(
  token: RequestId,
  progress: number,
  total: number | undefined,
  message: string | undefined,
): JsonRpcNotification {
  const details = { ...(total === undefined ? {} : { total }), ...(message === undefined ? {} : { message }) };
  return {
    jsonrpc: '2.0',
    method: 'notifications/progress',
    params: { progressToken: token, progress, ...details },
  };
}

/** A reporter for one request, and the way to silence it for good when the request is over. */
export interface Reporter {
  report: ReportProgress;
  stop(): void;
}

/**
 * Makes the reporter of one request. It keeps the rules so that no tool can break them: a token the client gave, values
 * that increase, and silence after completion (2025-11-25, basic/utilities/progress, "Behavior Requirements").
 */
export function reporterOf(
  token: RequestId | undefined,
  outlet: Outlet,
  notification: typeof progressNotification = progressNotification,
): Reporter {
  let active = token !== undefined && outlet.canSend;
  let last = Number.NEGATIVE_INFINITY;
  return {
    report(progress, total, message) {
      if (!active || token === undefined || !(progress > last) || !Number.isFinite(progress)) return;
      last = progress;
      outlet.send(notification(token, progress, total, message));
    },
    stop() {
      active = false;
    },
  };
}
