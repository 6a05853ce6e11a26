import type { Json, JsonObject } from '../../spec/messages.ts';
import type { Step } from '../case/case.ts';
import { fill, type Lookup } from '../case/placeholders.ts';
import type { Client } from '../session/client.ts';
import { withMeta } from '../session/request-metadata.ts';
import { readEnvelope } from '../wire/json-rpc.ts';

/** The bytes that a step sends; null when it sends none. */
export function bodyOf(step: Step, client: Client, lookup: Lookup, meta: JsonObject): Uint8Array | null {
  if ('http' in step || 'close' in step) return null;
  if ('text' in step) return Buffer.from(String(fill(step.text, lookup)), 'utf8');
  if ('base64' in step) return Buffer.from(step.base64, 'base64');
  if ('send' in step) return encode(withMeta(fill(step.send, lookup), meta));
  if ('respond' in step) return encode({ jsonrpc: '2.0', ...fill(step.respond, lookup) });
  if ('initialize' in step) {
    const params = Object.entries({ ...client.initializeParams(), ...fill(step.initialize, lookup) });
    const given = Object.fromEntries(params.filter(([, value]) => value !== null));
    return encode({ jsonrpc: '2.0', id: client.nextId(), method: 'initialize', params: given });
  }
  const call = 'notify' in step ? step.notify : step.request;
  const id = 'notify' in step ? undefined : call.id === undefined ? client.nextId() : fill(call.id, lookup);
  const message = {
    jsonrpc: '2.0',
    ...(id === undefined ? {} : { id }),
    method: String(fill(call.method, lookup)),
    ...(call.params === undefined ? {} : { params: fill(call.params, lookup) }),
  };
  return encode(withMeta(message, meta));
}

/** A message as bytes. */
export function encode(message: Json): Uint8Array {
  return Buffer.from(JSON.stringify(message), 'utf8');
}

/** The message that bytes hold; undefined when they are no JSON. */
export function parse(body: Uint8Array): Json | undefined {
  try {
    const value: Json = JSON.parse(Buffer.from(body).toString('utf8'));
    return value;
  } catch {
    return undefined;
  }
}

/** The ids in a message (or batch) that a server owes responses to; what is no request may get none. */
export function awaitedIds(message: Json): Json[] {
  return (Array.isArray(message) ? message : [message]).flatMap((item) => {
    const envelope = readEnvelope(item);
    return envelope.kind === 'request' ? [envelope.id] : [];
  });
}
