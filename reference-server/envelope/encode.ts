import type { JsonRpcFailure, JsonRpcMessage, RequestId } from '../../spec/messages.ts';
import { factsOf, type Revision } from '../revisions.ts';
import { ErrorCode, failure } from './error.ts';

/** The text of a message, or of a batch of them: one line of JSON. Every message leaves the server through here. */
export function encode(message: JsonRpcMessage | readonly JsonRpcMessage[]): string {
  return JSON.stringify(message);
}

/**
 * The error for something that was no message. `id` null means that it could not be read: each revision has its own way
 * of saying so.
 */
export function invalidMessage(
  id: RequestId | null | undefined,
  problem: string,
  revision: Revision,
  code: typeof ErrorCode.parseError | typeof ErrorCode.invalidRequest = ErrorCode.invalidRequest,
): JsonRpcFailure {
  const named = id === null && factsOf(revision).unreadableId === 'absent' ? undefined : id;
  return failure(named, code, problem);
}
