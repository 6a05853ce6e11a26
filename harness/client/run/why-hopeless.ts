import type { Limits } from '../../target/limits.ts';
import { exchangesOf } from '../../trace/exchange.ts';
import { select } from '../judge/select.ts';
import { isStateless } from '../script/arrived.ts';
import type { ClientEnd } from './client-under-test.ts';
import { type ClientRun, startMs } from './run-client-case.ts';

/** One sentence that says why nothing can be judged after such a start; null when there was an initialize request. */
export function whyHopeless({ trace, end }: ClientRun, limits: Limits): string | null {
  const exchanges = exchangesOf(trace);
  if (select('initialize', exchanges).length) return null;
  const [first] = exchanges;
  if (!first) return whyUnconnected(end, startMs(limits));
  if (exchanges.some(({ sent }) => sent.some(({ value }) => isStateless(value)))) {
    return `it speaks revision 2026-07-28, and does not go over to initialize when the server does not${said(end)}`;
  }
  if (exchanges.every(({ method }) => method === 'GET')) {
    return `it opened with a GET and sent no initialize: does it speak HTTP+SSE only? Streamable HTTP begins with a POST${said(end)}`;
  }
  return `it connected but sent no initialize (its first request was ${first.method} ${first.url})${said(end)}`;
}

function whyUnconnected(end: ClientEnd, ms: number): string {
  switch (end.how) {
    case 'not-started':
      return `it could not be started: ${end.stderr}`;
    case 'exit':
      return `it ended with exit code ${end.code} before it connected to the server whose address is its last argument${said(end)}`;
    case 'signal':
      return `it was ended by ${end.signal} before it connected${said(end)}`;
    case 'stopped':
      return `it did not connect within ${ms} ms to the server whose address is its last argument${said(end)}`;
  }
}

/** The end of what it said, on one line. */
function said({ stderr, stdout }: ClientEnd): string {
  const lines = (stderr.trim() || stdout.trim()).split('\n').slice(-3).join(' / ').trim();
  return lines ? `; it said: ${lines.slice(-400)}` : '';
}
