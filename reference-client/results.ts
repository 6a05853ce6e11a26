/**
 * What every operation of the client gives back. A peer that misbehaves is an ordinary outcome here, so it is a value
 * and not an exception.
 */
import type { Json } from '../spec/messages.ts';

/** Why an operation did not succeed. */
export type Failure =
  /** The server answered with a JSON-RPC error. */
  | { kind: 'protocol-error'; code: number; message: string; data?: Json }
  /** The server answered with an HTTP status that is not a success, and no JSON-RPC error for this request. */
  | { kind: 'http'; status: number; body: string }
  /** No answer came within the time allowed. */
  | { kind: 'timeout'; method: string; afterMs: number }
  /** The caller gave the request up. */
  | { kind: 'cancelled'; method: string; reason: string }
  /** The connection could not be made, or broke, and could not be resumed. */
  | { kind: 'connection'; reason: string }
  /** What the server sent is not the message that was due; `text` is the beginning of what it sent. */
  | { kind: 'bad-message'; reason: string; text: string }
  /** HTTP 404 for the session; `accepted` says whether the server had already taken the request. */
  | { kind: 'session-lost'; accepted: boolean }
  /** The server answered `initialize` with a revision that this client does not speak. */
  | { kind: 'unsupported-revision'; answered: string; supported: readonly string[] }
  /** The server did not declare the capability that the request needs, so the request was not sent. */
  | { kind: 'not-offered'; capability: string }
  /** A list had not ended after this many pages. */
  | { kind: 'endless-list'; pages: number }
  /** The client is not connected: not yet, or not any more. */
  | { kind: 'not-connected' };

/** The value an operation promised, or why there is none. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; failure: Failure };

/** A success without a value. */
export const done: Outcome<void> = { ok: true, value: undefined };

export function succeed<T>(value: T): Outcome<T> {
  return { ok: true, value };
}

export function fail(failure: Failure): { ok: false; failure: Failure } {
  return { ok: false, failure };
}

const EXCERPT_CHARACTERS = 2000;

/** The `bad-message` failure; keeps only the beginning of a long text. */
export function badMessage(reason: string, text: string): { ok: false; failure: Failure } {
  return fail({ kind: 'bad-message', reason, text: excerpt(text) });
}

/** The beginning of a text, short enough to be shown. */
export function excerpt(text: string): string {
  return text.length > EXCERPT_CHARACTERS ? `${text.slice(0, EXCERPT_CHARACTERS)}…` : text;
}

/** A failure as one clear line. */
export function describeFailure(failure: Failure): string {
  switch (failure.kind) {
    case 'protocol-error':
      return `the server answered with error ${failure.code}: ${failure.message}`;
    case 'http':
      return `the server answered with HTTP status ${failure.status}: ${oneLine(failure.body)}`;
    case 'timeout':
      return `no answer to ${failure.method} within ${failure.afterMs} ms`;
    case 'cancelled':
      return `${failure.method} was cancelled: ${failure.reason}`;
    case 'connection':
      return `the connection failed: ${failure.reason}`;
    case 'bad-message':
      return `${failure.reason}: ${oneLine(failure.text)}`;
    case 'session-lost':
      return 'the server no longer knows the session';
    case 'unsupported-revision':
      return `the server answered with revision ${JSON.stringify(failure.answered)}; this client speaks ${failure.supported.join(', ')}`;
    case 'not-offered':
      return `the server did not declare the capability "${failure.capability}"`;
    case 'endless-list':
      return `the list had not ended after ${failure.pages} pages`;
    case 'not-connected':
      return 'the client is not connected';
  }
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line === '' ? '(empty)' : line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
