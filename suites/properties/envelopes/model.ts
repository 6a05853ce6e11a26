import type { Observation } from '../../../harness/judge/observation.ts';
import { isObject, readEnvelope } from '../../../harness/wire/json-rpc.ts';
import type { Json } from '../../../spec/messages.ts';
import type { Departure } from '../departure.ts';

/** What a message is to a server: how it may be answered follows from that. */
export type Kind = 'ping' | 'unknown-method' | 'notification' | 'response' | 'broken' | 'doubtful';

/** Faults that every reader of JSON-RPC must object to; with others a lenient reader may live. */
const PLAIN_FAULTS = new Set(['not-an-object', 'method-not-a-string', 'neither-result-nor-error']);

/** What a message is to a server, by JSON-RPC 2.0 and the page `basic`. */
export function kindOf(message: Json): Kind {
  const envelope = readEnvelope(message);
  switch (envelope.kind) {
    case 'request':
      if (envelope.params !== undefined && !isObject(envelope.params)) return 'doubtful';
      return envelope.method === 'ping' ? 'ping' : 'unknown-method';
    case 'notification':
      return envelope.params === undefined || isObject(envelope.params) ? 'notification' : 'doubtful';
    case 'success':
    case 'failure':
      return 'response';
    case 'broken':
      if (Array.isArray(message)) return 'doubtful';
      return envelope.faults.some((fault) => PLAIN_FAULTS.has(fault)) && !isCall(message) ? 'broken' : 'doubtful';
  }
}

/** Whether a broken message still has a method that a lenient server could run. */
function isCall(message: Json): boolean {
  return isObject(message) && typeof message.method === 'string';
}

/** The first way in which an answer to a message departs from what is allowed; null when it is allowed. */
export function departure(message: Json, seen: Observation): Departure | null {
  if (seen.status === undefined) {
    // When the time for the whole property is up, the exchange under way is cut: that says nothing of the target.
    if (seen.ending === 'closed-by-harness') return null;
    return {
      requirement: 'jsonrpc.follows-2.0',
      message: `the message was not answered at all (${String(seen.ending)})`,
    };
  }
  const status = Number(seen.status);
  const succeeded = status < 300;
  if (status >= 500) {
    return {
      requirement: 'jsonrpc.follows-2.0',
      message: `the message was answered with HTTP ${status}, an error of the server's own`,
      ...(kindOf(message) === 'ping' ? {} : { atMost: 'warn' as const }),
    };
  }
  switch (kindOf(message)) {
    case 'ping':
      return isObject(seen.result) ? null : { requirement: 'ping.respond', message: 'a valid ping was not answered' };
    case 'unknown-method':
      return succeeded && !isObject(seen.error)
        ? {
            requirement: 'jsonrpc.follows-2.0',
            message: 'a request with an unknown method was not answered with an error',
          }
        : null;
    case 'notification':
    case 'response':
      return succeeded && seen.error === undefined && (status !== 202 || seen.body !== '')
        ? { requirement: 'http.post.notification-202', message: `accepted with HTTP ${status} instead of a bare 202` }
        : null;
    case 'broken':
      return succeeded && !isObject(seen.error)
        ? { requirement: 'jsonrpc.follows-2.0', message: 'something that is no JSON-RPC message was accepted' }
        : null;
    case 'doubtful':
      return null;
  }
}
