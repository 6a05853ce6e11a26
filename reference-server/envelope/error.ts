import type { Json, JsonObject, JsonRpcFailure, JsonRpcSuccess, RequestId } from '../../spec/messages.ts';

/**
 * The codes of JSON-RPC 2.0, section 5.1, and those that MCP adds. Each of the latter belongs to certain revisions:
 * -32002 to those before 2026-07-28, -32042 to 2025-11-25, those from -32022 to -32020 to 2026-07-28.
 */
export const ErrorCode = {
  parseError: -32700,
  invalidRequest: -32600,
  methodNotFound: -32601,
  invalidParams: -32602,
  internalError: -32603,
  resourceNotFound: -32002,
  urlElicitationRequired: -32042,
  headerMismatch: -32020,
  missingClientCapability: -32021,
  unsupportedProtocolVersion: -32022,
} as const;

/** A code that this server uses. */
export type ErrorCode = (typeof ErrorCode)[keyof typeof ErrorCode];

/** Thrown by a handler to have its request answered with an error; the message reaches the peer. */
export class ProtocolError extends Error {
  readonly code: number;
  readonly data: Json | undefined;

  constructor(code: number, message: string, data?: Json) {
    super(message);
    this.name = 'ProtocolError';
    this.code = code;
    this.data = data;
  }
}

/** The response to a request that succeeded. */
export function success(id: RequestId, result: JsonObject): JsonRpcSuccess {
  return { jsonrpc: '2.0', id, result };
}

/** The response to what failed; without an id where `id` is undefined. */
export function failure(id: RequestId | null | undefined, code: number, message: string, data?: Json): JsonRpcFailure {
  const error = data === undefined ? { code, message } : { code, message, data };
  return id === undefined ? { jsonrpc: '2.0', error } : { jsonrpc: '2.0', id, error };
}

const QUOTED_LENGTH = 80;

/** A peer's own text made safe to repeat in a sentence: in quotes, control characters escaped, cut to a sane length. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > QUOTED_LENGTH ? `${text.slice(0, QUOTED_LENGTH)}…` : text);
}
