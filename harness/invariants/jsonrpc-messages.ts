import { type Exchange, sharesStream } from '../trace/exchange.ts';
import type { EnvelopeFault } from '../wire/json-rpc.ts';
import { isObject } from '../wire/json-rpc.ts';
import { conversationOf } from './conversation.ts';
import type { Invariant, TraceView } from './invariant.ts';
import { type Breach, judged, show } from './outcomes.ts';
import { isMessageEvent, isPlain, isStream, type TargetMessage, targetMessages } from './target-messages.ts';

/**
 * The envelope that requests, notifications and responses share (JSON-RPC 2.0, sections 4 and 5). What only a response
 * or only an error can get wrong is judged beside this, as are ids.
 */
export const jsonRpcMessages: Invariant = {
  id: 'invariant.jsonrpc.messages',
  title: 'every message is a JSON-RPC 2.0 message',
  occasion: 'a message of the server',
  requires: ['jsonrpc.follows-2.0'],
  judge: (view) =>
    conversationOf(view).exchanges.flatMap((exchange) => {
      const messages = targetMessages(exchange);
      const breaches = [
        ...messages.flatMap(faultsOf),
        ...unreadableEvents(exchange, view),
        ...foreignEvents(exchange, view),
      ];
      return judged(
        'jsonrpc.follows-2.0',
        exchange,
        breaches,
        messages.some(({ message }) => isObject(message.value)),
      );
    }),
};

const FAULTS: { readonly [fault in EnvelopeFault]?: { readonly member: string; readonly problem: string } } = {
  'jsonrpc-not-2.0': { member: 'jsonrpc', problem: 'a message must have "jsonrpc": "2.0"' },
  'method-not-a-string': { member: 'method', problem: 'the method of a message must be a string' },
  'params-not-structured': { member: 'params', problem: 'params must be an object or an array, or be left out' },
};

function faultsOf({ message, path }: TargetMessage): Breach[] {
  const { envelope, value } = message;
  if (envelope.kind !== 'broken') return [];
  if (!isObject(value)) {
    // a body that is one bare value is no JSON object: the rule on the answer to a POST says so
    if (message.event === null && !message.batched) return [];
    return [{ message: `a JSON-RPC message must be an object, was ${show(value)}`, path, actual: value }];
  }
  if (envelope.faults.includes('neither-result-nor-error') && !('id' in value)) {
    return [{ message: 'this is no request, notification or response', path, actual: value }];
  }
  return envelope.faults.flatMap((fault) => {
    const known = FAULTS[fault];
    if (!known) return [];
    const actual = value[known.member];
    return [{ message: `${known.problem}, was ${show(actual)}`, path: `${path}.${known.member}`, actual }];
  });
}

/** Events whose data is no JSON. */
function unreadableEvents(exchange: Exchange, view: TraceView): Breach[] {
  if (!hasEvents(exchange)) return [];
  return exchange.payload.unreadable.flatMap(({ event, text, why }) => {
    const found = event === null ? undefined : exchange.payload.events[event];
    // readers discard an event that no blank line ends
    if (!found?.terminated) return [];
    // servers may serve the older HTTP+SSE transport at the same address
    if (found.event === 'endpoint') return [];
    const breach = { path: `events.${event}.data`, actual: text };
    if (!isMessageEvent(found.event) && maySayOther(view)) return [];
    return isMessageEvent(found.event)
      ? [{ ...breach, message: `the data of an event is not JSON (${why})` }]
      : [{ ...breach, message: foreign(found.event), atMost: 'warn' as const }];
  });
}

/** Events of another name whose data is JSON but nothing that calls itself JSON-RPC. */
function foreignEvents(exchange: Exchange, view: TraceView): Breach[] {
  if (!hasEvents(exchange) || maySayOther(view)) return [];
  return exchange.payload.messages.flatMap(({ event, value }) => {
    const name = event === null ? null : (exchange.payload.events[event]?.event ?? null);
    if (isMessageEvent(name) || (isObject(value) && 'jsonrpc' in value)) return [];
    return [{ path: `events.${event}.data`, actual: value, message: foreign(name), atMost: 'warn' as const }];
  });
}

function hasEvents(exchange: Exchange): boolean {
  return (isStream(exchange) || sharesStream(exchange)) && isPlain(exchange);
}

/** Over HTTP+SSE messages come in events named so (2024-11-05, basic/transports): readers look at no others. */
function maySayOther({ trace }: TraceView): boolean {
  return trace.header.transport === 'http+sse';
}

function foreign(name: string | null): string {
  return `an event named ${show(name)} carries no JSON-RPC message: readers that expect one stumble over it`;
}
