import type { Json } from '../../spec/messages.ts';
import { inShort } from '../judge/in-short.ts';
import { observe } from '../judge/observation.ts';
import { type Exchange, STDIN } from '../trace/exchange.ts';
import { lenientUtf8 } from '../wire/bytes.ts';
import { headerValue } from '../wire/headers.ts';
import { isObject } from '../wire/json-rpc.ts';

/**
 * Why a server that opened a session is of no use all the same, in one sentence; null when it can be judged. One that fails
 * on the plainest requests there are, or for every client but the first, would fail on all that is judged, which says nothing
 * of each rule.
 *
 * @param look the exchanges of a first look: client `a` opens a session and asks plain things in it, `b` opens another
 */
export function whyNotServed(look: readonly Exchange[]): string | null {
  const plain = look.filter(({ client, sent }) => client === 'a' && sent.length && isRequest(sent[0]?.value));
  const [opening, ...asked] = plain;
  const issued = opening?.response ? headerValue(opening.response.headers, 'mcp-session-id') !== null : false;
  const second = look.find(({ client }) => client === 'b');
  return whyUnused(asked, issued) ?? (second ? whyOnlyOne(second) : null);
}

function whyUnused(asked: readonly Exchange[], issued: boolean): string | null {
  const lost = issued ? asked.find(isUnknownSession) : undefined;
  if (lost) {
    return `it answers ${methodOf(lost)} in a session that it has just opened with HTTP 404${said(lost)}: do several instances answer that do not share their sessions?`;
  }
  const died = asked.find(({ method, end }) => method === STDIN && end?.how === 'broken');
  if (died) return `its process ended instead of answering ${methodOf(died)}, one of a few ordinary requests`;
  const [first] = asked;
  if (!first || asked.some(isServed)) return null;
  const methods = [...new Set(asked.map(methodOf))].join(' and ');
  return `it opens a session and serves nothing in it: ${methods} ${methods.includes(' and ') ? 'are' : 'is'} ${howAnswered(first, issued)}`;
}

function whyOnlyOne(second: Exchange): string | null {
  if (isObject(observe(second).result)) return null;
  return `it lets one client in only, and each check is a client of its own: while the first has a session, initialize is ${howAnswered(second, true)}`;
}

/** The same for a server without sessions: why it serves nothing but `server/discover`, where it answers with HTTP alone. */
export function whyOnlyDiscovered(look: readonly Exchange[]): string | null {
  const asked = look.filter(
    ({ sent }) => isRequest(sent[0]?.value) && !['server/discover', 'initialize'].includes(methodOf({ sent })),
  );
  const [first] = asked;
  if (!first || asked.some((exchange) => isServed(exchange) || observe(exchange).error !== undefined)) return null;
  return `it answers server/discover and nothing else: ${[...new Set(asked.map(methodOf))].join(' and ')} ${asked.length > 1 ? 'are' : 'is'} ${howAnswered(first, true)}`;
}

/** A result, or the word that there is no such method: then others may be there. */
function isServed(exchange: Exchange): boolean {
  const { result, error } = observe(exchange);
  return result !== undefined || (isObject(error) && error.code === -32601);
}

function isUnknownSession(exchange: Exchange): boolean {
  return exchange.response?.status === 404 && !isServed(exchange);
}

function howAnswered(exchange: Exchange, issued: boolean): string {
  const { response, end } = exchange;
  const { error } = observe(exchange);
  if (!response && error === undefined) return `not answered (${end?.how ?? 'the trace ends before'})`;
  if (response?.status === 401 || response?.status === 403) {
    return `answered with HTTP ${response.status}${said(exchange)}: does it want credentials (--header 'Authorization: Bearer ...')?`;
  }
  const hint = response?.status === 400 && !issued ? ': it issues no session id; does it demand one?' : '';
  const what = error === undefined ? said(exchange) : ` and the error ${inShort(error, 200)}`;
  return response
    ? `answered with HTTP ${response.status}${what}${hint}`
    : `answered with the error ${inShort(error ?? null, 200)}`;
}

function said({ payload }: Exchange): string {
  const text = lenientUtf8(payload.bytes).trim();
  return text ? ` and ${inShort(text, 200)}` : '';
}

function isRequest(message: Json | undefined): boolean {
  return isObject(message) && message.id !== undefined && typeof message.method === 'string';
}

function methodOf({ sent }: Pick<Exchange, 'sent'>): string {
  const message = sent[0]?.value;
  return isObject(message) && typeof message.method === 'string' ? message.method : 'a request';
}
