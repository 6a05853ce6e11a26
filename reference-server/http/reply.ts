import type { ServerResponse } from 'node:http';
import type { Json, JsonRpcMessage, RequestId } from '../../spec/messages.ts';
import { ErrorCode, failure } from '../envelope/error.ts';

/** A whole HTTP response. */
export interface HttpReply {
  status: number;
  headers: Record<string, string>;
  body?: string;
}

/** Why a request is turned away. */
export interface Refusal {
  kind: 'refusal';
  status: number;
  message: string;
  code: ErrorCode;
  headers?: Record<string, string>;
  data?: Json;
}

/** A refusal: status, the sentence that explains it, and what else the client should know. */
export function refuse(
  status: number,
  message: string,
  more: { headers?: Record<string, string>; data?: Json; code?: ErrorCode } = {},
): Refusal {
  return { kind: 'refusal', status, message, code: ErrorCode.invalidRequest, ...more };
}

/**
 * The error that goes with a refusal. It has an id only if a request has been read by then; what the transport refuses
 * before that has none (2025-11-25, basic/transports, "Sending Messages to the Server", item 4).
 */
export function refusalMessage({ code, message, data }: Refusal, id?: RequestId): JsonRpcMessage {
  return failure(id, code, message, data);
}

/** A reply that carries JSON. */
export function jsonReply(status: number, body: string, headers: Record<string, string> = {}): HttpReply {
  return { status, headers: { 'Content-Type': 'application/json', ...headers }, body };
}

/** The reply to notifications and responses that were taken: no body ("Sending Messages to the Server", item 4). */
export function acceptedReply(): HttpReply {
  return { status: 202, headers: { 'Content-Length': '0' } };
}

/** The reply to a session that was ended as asked. */
export function endedReply(): HttpReply {
  return { status: 204, headers: {} };
}

/** Writes a whole response. Does nothing if the client has gone. */
export function writeReply(response: ServerResponse, { status, headers, body }: HttpReply): void {
  if (response.destroyed || response.headersSent) return;
  const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  response.writeHead(status, { ...headers, ...length });
  response.end(body);
}
