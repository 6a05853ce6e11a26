import type { JsonObject } from '../../spec/messages.ts';
import { inShort } from '../judge/in-short.ts';
import { observe } from '../judge/observation.ts';
import type { Exchange } from '../trace/exchange.ts';
import type { TraceEvent } from '../trace/trace.ts';
import { joinBytes, lenientUtf8 } from '../wire/bytes.ts';
import { isObject } from '../wire/json-rpc.ts';
import { piecesOf } from '../wire/line-pieces.ts';

/** One sentence that says why nothing can be judged after such an answer to the first request; null when it can. */
export function whyHopeless(opening: Exchange): string | null {
  const { response, end, payload } = opening;
  const asked = methodIn(opening);
  if (!response) {
    const detail = end?.detail ? ` (${end.detail})` : '';
    switch (end?.how) {
      case 'refused':
        return `nothing accepts connections there${detail}: is the server running, and is the address right?`;
      case 'timeout':
        return `it did not answer ${asked} in time: is it an MCP server? --timeout gives it longer`;
      case 'limit':
        return `the headers of its answer to ${asked} have no end: is it an MCP server?`;
      default:
        return `it broke the connection instead of answering ${asked}${detail}: is it an HTTP server?`;
    }
  }
  const { status } = response;
  const seen = observe(opening);
  const type = seen.mediaType ?? 'no Content-Type';
  if (status === 401 || status === 403) return whyForbidden(status, asked, lenientUtf8(payload.bytes).trim());
  if (status >= 300 && status < 400) {
    return `it redirects (HTTP ${status}) to ${inShort(headersOf(seen).location ?? 'nowhere', 200)}: give the address of the MCP endpoint itself`;
  }
  if (isObject(seen.result)) return null;
  if (status === 429 || status === 503) {
    return `it answers HTTP ${status} to ${asked}: it takes no requests at the moment; try again later`;
  }
  if (isObject(seen.error)) {
    return `it answers ${asked} with the error ${inShort(seen.error, 200)} (HTTP ${status})`;
  }
  if (status >= 400) return `it answers HTTP ${status} to ${asked}: is this the address of an MCP endpoint?`;
  if (end && (end.how === 'timeout' || end.how === 'limit')) {
    return `its answer to ${asked} (HTTP ${status}, ${type}) never comes to a response (${end.how})`;
  }
  if (end?.how === 'broken') return `it broke the connection in the middle of its answer to ${asked} (${end.detail})`;
  return whyUnreadable(opening);
}

/** The same for an answer with HTTP 200 that is whole and holds no response. */
function whyUnreadable(opening: Exchange): string {
  const { payload } = opening;
  const asked = methodIn(opening);
  const seen = observe(opening);
  const status = opening.response?.status;
  const type = seen.mediaType ?? 'no Content-Type';
  const coding = headersOf(seen)['content-encoding'];
  if (coding !== undefined) {
    return `its answer to ${asked} is compressed (Content-Encoding ${inShort(coding, 50)}), though nobody asked for that`;
  }
  if (payload.bytes[0] === 0xef && payload.bytes[1] === 0xbb) {
    return `its answer to ${asked} begins with a byte order mark, which JSON must not have (RFC 8259, 8.1)`;
  }
  if (payload.form === 'empty') return `it answers ${asked} with HTTP ${status} and no body: that is no MCP endpoint`;
  return `it answers ${asked} with ${type} that is not a JSON-RPC response (HTTP ${status}): that is no MCP endpoint`;
}

function whyForbidden(status: 401 | 403, asked: string, said: string): string {
  const answers = `it answers HTTP ${status} to ${asked}`;
  return status === 401
    ? `${answers}: it wants credentials; give them with --header 'Authorization: Bearer ...'`
    : `${answers}${said ? ` and says ${inShort(said, 200)}` : ''}: does it refuse this address, or want credentials (--header 'Authorization: Bearer ...')?`;
}

/** The method of the request that opened the conversation. */
export function methodIn({ method, sent }: Exchange): string {
  if (!sent.length && method === 'GET') return 'GET';
  const first = sent[0]?.value;
  return isObject(first) && typeof first.method === 'string' ? first.method : 'initialize';
}

function headersOf(seen: ReturnType<typeof observe>): JsonObject {
  return isObject(seen.headers) ? seen.headers : {};
}

/** The same for a server over stdio, with what its process left behind. */
export function whyNoServer(opening: Exchange, events: readonly TraceEvent[]): string | null {
  const asked = methodIn(opening);
  const { result, error } = observe(opening);
  if (isObject(result)) return null;
  if (isObject(error)) return `it answers ${asked} with the error ${inShort(error, 200)}`;
  const exit = events.find((event) => event.kind === 'exit');
  const said = lastWords(events);
  if (exit?.failure) return `the command cannot be started (${exit.failure})`;
  if (opening.end?.how === 'broken' && exit) {
    const how = exit.signal ? `was ended by ${exit.signal}` : `exited with code ${exit.code}`;
    return `the command ${how} instead of answering ${asked}${said}`;
  }
  const [unreadable] = opening.payload.unreadable;
  if (unreadable)
    return `it writes ${inShort(unreadable.text, 100)} to its standard output and no response to ${asked}`;
  return `it did not answer ${asked} in time: is it an MCP server over stdio? --timeout gives it longer${said}`;
}

/**
 * What kept a server over stdio from being understood, as its whole output shows once it is gone; null when that shows
 * nothing more.
 */
export function whyNotUnderstood(events: readonly TraceEvent[]): string | null {
  const lines = events.flatMap((event) => (event.kind === 'line' ? [event] : []));
  if (lines.some(({ bytes }) => /^content-length:/i.test(lenientUtf8(bytes.subarray(0, 40))))) {
    return 'it writes Content-Length headers, as language servers do: over stdio each MCP message stands on a line of its own';
  }
  const asked = events.find((event) => event.kind === 'request');
  const stopped = events.find((event) => event.kind === 'stop');
  const answer = piecesOf(lines).find(({ values }) => values.some((value) => isObject(value) && !('method' in value)));
  const line = answer?.lines.at(-1);
  if (!asked || !line) return null;
  if (!line.terminated)
    return 'its answer has no line feed at the end: over stdio each message stands on a line of its own';
  if (stopped && line.at >= stopped.at) {
    return 'it answers only once its standard input is closed: does it keep its output in a buffer?';
  }
  return null;
}

/** The end of what a process wrote to its standard error, as a part of a sentence. */
function lastWords(events: readonly TraceEvent[]): string {
  const bytes = events.flatMap((event) => (event.kind === 'stderr' ? [event.bytes] : []));
  const line = lenientUtf8(joinBytes(bytes)).trim().split('\n').at(-1)?.trim();
  return line ? `; the last it wrote to its standard error: ${inShort(line, 200)}` : '';
}
