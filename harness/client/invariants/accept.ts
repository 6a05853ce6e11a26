import type { Invariant } from '../../invariants/invariant.ts';
import { type Breach, judged, show } from '../../invariants/outcomes.ts';
import type { Exchange } from '../../trace/exchange.ts';
import { headerValues } from '../../wire/headers.ts';
import { clientTraffic } from './client-traffic.ts';

const REQUIRES = ['http.accept.post', 'http.get.accept'] as const;
const [POST, GET] = REQUIRES;

/** What a client says that it can take (transports, sending messages to the server; listening for messages). */
export const accept: Invariant = {
  id: 'invariant.client.accept',
  title: 'each POST accepts JSON and event streams, each GET event streams',
  occasion: 'requests of the client',
  requires: REQUIRES,
  judge: (view) =>
    clientTraffic(view).exchanges.flatMap((exchange) => {
      if (exchange.method === 'POST') {
        return judged(POST, exchange, missing(exchange, ['application/json', 'text/event-stream']), true);
      }
      return exchange.method === 'GET' ? judged(GET, exchange, missing(exchange, ['text/event-stream']), true) : [];
    }),
};

function missing(exchange: Exchange, types: readonly string[]): Breach[] {
  const value = headerValues(exchange.requestHeaders, 'accept').join(', ');
  const ranges = rangesIn(value);
  return types.flatMap((type) => {
    if (ranges.includes(type)) return [];
    const shown = value === '' ? 'there is no Accept header' : `Accept is ${show(value)}`;
    const breach = { message: `${type} is not listed as accepted: ${shown}`, path: 'headers.accept', actual: value };
    // a wildcard accepts the type, though it does not list it
    const wild = ranges.includes('*/*') || ranges.includes(`${type.split('/')[0]}/*`);
    return [wild ? { ...breach, atMost: 'warn' as const } : breach];
  });
}

/** The media ranges of an Accept header in lower case, but for those with weight 0 (RFC 9110, 12.5.1). */
function rangesIn(value: string): string[] {
  return value.split(',').flatMap((part) => {
    const [range = '', ...params] = part.split(';').map((piece) => piece.trim().toLowerCase());
    return params.some((param) => /^q=0(\.0*)?$/.test(param)) ? [] : [range];
  });
}
