import type { Exchange } from '../../trace/exchange.ts';
import { headerValue } from '../../wire/headers.ts';
import { isObject } from '../../wire/json-rpc.ts';
import type { MessageKind, Selection, SelectionParts } from '../case/client-case.ts';

/** The exchanges that a selection picks, in the order they began. */
export function select(selection: Selection, exchanges: readonly Exchange[]): Exchange[] {
  const parts = partsOf(selection);
  const from = parts.after === undefined ? Number.NEGATIVE_INFINITY : endOfFirst(parts.after, exchanges);
  const to = parts.before === undefined ? Number.POSITIVE_INFINITY : endOfFirst(parts.before, exchanges);
  const found = exchanges.filter(
    (exchange) => exchange.startedAt > from && exchange.startedAt < to && fits(parts, exchange),
  );
  return parts.nth === undefined ? found : found.slice(parts.nth - 1, parts.nth);
}

/** When the answer to the first exchange of a selection ended, in milliseconds; infinity when it never did. */
export function endOfFirst(selection: Selection, exchanges: readonly Exchange[]): number {
  const [first] = select(selection, exchanges);
  return first?.end?.at ?? Number.POSITIVE_INFINITY;
}

/** A selection with its short form written out. */
export function partsOf(selection: Selection): SelectionParts {
  if (typeof selection !== 'string') return selection;
  return /^[A-Z]+$/.test(selection) ? { http: selection } : { method: selection };
}

/** What the messages in the body of an exchange are meant as. */
export function kindsIn(exchange: Exchange): MessageKind[] {
  return exchange.sent.flatMap(({ value }) => {
    if (!isObject(value)) return [];
    if (typeof value.method === 'string') return [value.id === undefined ? 'notification' : 'request'];
    return 'result' in value || 'error' in value ? ['response'] : [];
  });
}

function fits(parts: SelectionParts, exchange: Exchange): boolean {
  const methods = exchange.sent.map(({ value }) => (isObject(value) ? value.method : undefined));
  const resuming = headerValue(exchange.requestHeaders, 'last-event-id') !== null;
  return (
    (parts.http === undefined || [parts.http].flat().includes(exchange.method)) &&
    (parts.method === undefined || [parts.method].flat().some((method) => methods.includes(method))) &&
    ![parts.except ?? []].flat().some((method) => methods.includes(method)) &&
    (parts.kind === undefined || [parts.kind].flat().some((kind) => kindsIn(exchange).includes(kind))) &&
    (parts.resuming === undefined || parts.resuming === resuming)
  );
}
