import type { Json } from '../../spec/messages.ts';
import { factsOf, type Revision } from '../revisions.ts';
import { ErrorCode } from './error.ts';
import { parseJson } from './json.ts';
import { type Incoming, readMessage } from './message.ts';

/** What one body, or later one line of standard input, turned out to hold. */
export type Decoded =
  | { kind: 'one'; incoming: Incoming }
  | { kind: 'batch'; incoming: readonly Incoming[] }
  | Undecodable;

/** A body that holds no message, nor any part that could be answered by itself. */
export interface Undecodable {
  kind: 'undecodable';
  code: typeof ErrorCode.parseError | typeof ErrorCode.invalidRequest;
  problem: string;
}

/** More messages than this in one batch are refused, so that a small body cannot ask for a huge answer. */
export const MAX_BATCH_LENGTH = 100;

/**
 * Decodes a body: UTF-8, then JSON, then the messages in it. A byte order mark in front is ignored, as RFC 8259
 * section 8.1 allows.
 */
export function decode(bytes: Uint8Array, revision: Revision): Decoded {
  const text = textOf(bytes);
  if (text === undefined) return parseError('The body is not UTF-8.');
  const value = parseJson(text);
  if (value === undefined) return parseError('The body is not JSON.');
  if (!Array.isArray(value)) return { kind: 'one', incoming: readMessage(value) };
  if (!factsOf(revision).batches)
    return invalidRequest(`Revision ${revision} has no batches; send one message a body.`);
  return decodeBatch(value);
}

/**
 * The rules for arrays (2025-03-26, basic, "Batching"; lifecycle, "Initialization"; schema, `JSONRPCBatchRequest` and
 * `JSONRPCBatchResponse`). What breaks one of them is refused as a whole; a single bad element is not, it gets an error of
 * its own.
 */
function decodeBatch(values: readonly Json[]): Decoded {
  if (values.length === 0) return invalidRequest('A batch must not be empty.');
  if (values.length > MAX_BATCH_LENGTH) return invalidRequest(`A batch holds at most ${MAX_BATCH_LENGTH} messages.`);
  const incoming = values.map(readMessage);
  if (incoming.some((one) => one.kind === 'request' && one.message.method === 'initialize')) {
    return invalidRequest('"initialize" must not be part of a batch.');
  }
  const responses = incoming.filter((one) => one.kind === 'response').length;
  if (responses > 0 && responses < incoming.length) {
    return invalidRequest('A batch holds either responses, or requests and notifications.');
  }
  return { kind: 'batch', incoming };
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function parseError(problem: string): Undecodable {
  return { kind: 'undecodable', code: ErrorCode.parseError, problem };
}

function invalidRequest(problem: string): Undecodable {
  return { kind: 'undecodable', code: ErrorCode.invalidRequest, problem };
}
