import { type Exchange, STDIN } from '../trace/exchange.ts';
import { lenientUtf8, strictUtf8 } from '../wire/bytes.ts';
import type { HeaderPairs } from '../wire/headers.ts';
import { hideAndCut } from './hide-and-cut.ts';
import type { ShownExchange } from './report.ts';

const MOST_CHARACTERS = 2_000;
const MOST_HEADERS = 40;

/** An exchange as evidence shows it: header pairs as received, bodies cut to a readable length, secrets hidden. */
export function showExchange(exchange: Exchange, hide: (text: string) => string): ShownExchange {
  const { response } = exchange;
  return {
    request: {
      line: hide(`${exchange.method} ${exchange.url}`),
      headers: showHeaders(exchange.requestHeaders, hide),
      body: showBody(exchange.requestBody, hide),
    },
    response: response
      ? {
          status: response.status,
          headers: showHeaders(response.headers, hide),
          body: showBody(exchange.payload.bytes, hide),
        }
      : null,
    ...(exchange.method === STDIN ? { lines: showBody(exchange.payload.bytes, hide) } : {}),
    ending: hide([exchange.end?.how ?? 'open', exchange.end?.detail].filter(Boolean).join(': ')),
    answeredAfterMs: response ? Math.round(response.at - exchange.startedAt) : null,
  };
}

function showHeaders(headers: HeaderPairs, hide: (text: string) => string): string[] {
  const shown = headers
    .slice(0, MOST_HEADERS)
    .map(([name, value]) => hideAndCut(`${name}: ${value}`, MOST_CHARACTERS, hide));
  return headers.length > MOST_HEADERS ? [...shown, `... (${headers.length} headers)`] : shown;
}

function showBody(bytes: Uint8Array, hide: (text: string) => string): string {
  const text = strictUtf8(bytes);
  return text === null
    ? `(not UTF-8) ${hideAndCut(lenientUtf8(bytes), MOST_CHARACTERS, hide)}`
    : hideAndCut(text, MOST_CHARACTERS, hide);
}
