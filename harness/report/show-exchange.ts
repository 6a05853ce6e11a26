import type { Exchange } from '../exchange.ts';
import { lenientUtf8, strictUtf8 } from '../wire/bytes.ts';
import type { HeaderPairs } from '../wire/headers.ts';
import type { ShownExchange } from './report.ts';

const MOST = 2_000;

/** An exchange as evidence shows it: header pairs as received, bodies cut to a readable length, secrets hidden. */
export function showExchange(exchange: Exchange, hide: (text: string) => string): ShownExchange {
  const { response } = exchange;
  return {
    request: {
      line: hide(`${exchange.method} ${exchange.url}`),
      headers: showHeaders(exchange.requestHeaders, hide),
      body: hide(showBody(exchange.requestBody)),
    },
    response: response
      ? {
          status: response.status,
          headers: showHeaders(response.headers, hide),
          body: hide(showBody(exchange.payload.bytes)),
        }
      : null,
    ending: [exchange.end?.how ?? 'open', exchange.end?.detail].filter(Boolean).join(': '),
    answeredAfterMs: response ? Math.round(response.at - exchange.startedAt) : null,
  };
}

function showHeaders(headers: HeaderPairs, hide: (text: string) => string): string[] {
  return headers.map(([name, value]) => hide(`${name}: ${value}`));
}

function showBody(bytes: Uint8Array): string {
  const text = strictUtf8(bytes) ?? `(not UTF-8) ${lenientUtf8(bytes)}`;
  return text.length > MOST ? `${text.slice(0, MOST)}... (${bytes.length} bytes)` : text;
}
