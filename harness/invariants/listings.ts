import type { JsonObject } from '../../spec/messages.ts';
import type { Exchange } from '../trace/exchange.ts';
import { isObject } from '../wire/json-rpc.ts';
import { conversationOf, resultOf } from './conversation.ts';
import type { TraceView } from './invariant.ts';
import { speaksRevision } from './negotiated.ts';

/** One page of a list, as the target gave it. */
export interface Page {
  readonly exchange: Exchange;
  /** The elements that are objects, each with its place in the observation. */
  readonly items: readonly { readonly item: JsonObject; readonly path: string }[];
  /** The cursor that was asked for, or null for the first page. */
  readonly cursor: string | null;
  readonly nextCursor: string | null;
}

/** The pages that a method such as `tools/list` gave, by sessions; `member` is where the result has the list. */
export function pagesOf(view: TraceView, method: string, member: string): Page[][] {
  return conversationOf(view).sessions.map(({ calls }) =>
    calls.flatMap((call) => {
      if (call.method !== method || !speaksRevision(view, call.exchange)) return [];
      const result = resultOf(call);
      if (!isObject(result) || !Array.isArray(result[member])) return [];
      const items = result[member].flatMap((item, index) =>
        isObject(item) ? [{ item, path: `result.${member}.${index}` }] : [],
      );
      const cursor = isObject(call.params) ? call.params.cursor : undefined;
      return [{ exchange: call.exchange, items, cursor: text(cursor), nextCursor: text(result.nextCursor) }];
    }),
  );
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
