import type { Ending } from '../trace/trace.ts';

/** How a connection fails that the other side has closed. */
export const CLOSED = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

const REFUSALS = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** The code by which Node or undici names an error; empty when it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && error.code ? String(error.code) : '';
}

/** How an exchange ended that this error ended. */
export function endingOf(error: unknown): Ending {
  if (codeOf(error) === 'UND_ERR_HEADERS_OVERFLOW') return 'limit';
  return REFUSALS.has(codeOf(error)) ? 'refused' : 'broken';
}

/** What an error says of itself, its code included. */
export function describe(error: unknown): string {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message || error.name : String(error);
  return code && !message.includes(code) ? `${code}: ${message}` : message;
}
