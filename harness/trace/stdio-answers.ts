import type { Json } from '../../spec/messages.ts';
import { joinBytes, lenientUtf8 } from '../wire/bytes.ts';
import { isObject } from '../wire/json-rpc.ts';
import { type LinePiece, LinePieces } from '../wire/line-pieces.ts';
import { readJson } from '../wire/read-json.ts';
import { messagesOf, type Payload, type ReceivedMessage } from './payload.ts';
import type { TraceEvent } from './trace.ts';

type Line = Extract<TraceEvent, { kind: 'line' }>;

/** The method that a trace notes for a line written to a server's standard input. */
export const STDIN = 'stdin';

/**
 * Gives what a server wrote to the exchange that it belongs to: a response to the request with its id, anything else to what
 * was sent last.
 */
export function sortLines(events: readonly TraceEvent[]): ReadonlyMap<number, LinePiece<Line>[]> {
  const sorted = new Map<number, LinePiece<Line>[]>();
  const latest = new Map<string, number>();
  const asked = new Map<string, number>();
  const readers = new Map<string, LinePieces<Line>>();
  const give = (client: string, pieces: readonly LinePiece<Line>[]) => {
    for (const piece of pieces) {
      // an id that came back as text is the same one, wrong as that is
      const answered = idsIn(piece.values, true).map(
        (id) => asked.get(`${client} ${id}`) ?? asked.get(`${client} ${unquoted(id)}`),
      );
      const exchange = answered.find((one) => one !== undefined) ?? latest.get(client);
      if (exchange === undefined) continue;
      const list = sorted.get(exchange);
      if (list) list.push(piece);
      else sorted.set(exchange, [piece]);
    }
  };
  for (const event of events) {
    if (event.kind === 'request' && event.method === STDIN) {
      latest.set(event.client, event.exchange);
      const read = readJson(event.body);
      for (const id of idsIn(read.ok ? [read.value] : [])) asked.set(`${event.client} ${id}`, event.exchange);
    } else if (event.kind === 'line') {
      const reader = readers.get(event.client) ?? new LinePieces<Line>();
      readers.set(event.client, reader);
      give(event.client, reader.push(event));
    }
  }
  for (const [client, reader] of readers) give(client, reader.end());
  return sorted;
}

/** The ids in messages or batches, spelled as JSON; of responses only, or of anything. */
function idsIn(values: readonly Json[], responses = false): string[] {
  return values
    .flatMap((value) => (Array.isArray(value) ? value : [value]))
    .flatMap((item) => {
      if (!isObject(item) || item.id === undefined) return [];
      return responses && 'method' in item ? [] : [JSON.stringify(item.id)];
    });
}

/** The id of a response as the number that it may have been. */
export function unquoted(id: string): string {
  return /^"-?\d+"$/.test(id) ? id.slice(1, -1) : id;
}

/** What a server wrote in answer, as the body that it would be over HTTP. */
export function readLines(pieces: readonly LinePiece<Line>[]): Payload {
  const messages: ReceivedMessage[] = [];
  const unreadable: { event: number | null; text: string; why: string }[] = [];
  for (const { lines, values } of pieces) {
    const at = lines.at(-1)?.at ?? 0;
    for (const value of values) messages.push(...messagesOf(value, at, null));
    if (values.length) continue;
    for (const { bytes } of lines)
      unreadable.push({ event: null, text: lenientUtf8(bytes), why: 'no JSON-RPC message' });
  }
  const lines = pieces.flatMap((piece) => piece.lines);
  const bytes = joinBytes(lines.flatMap((line) => [line.bytes, Buffer.from(line.terminated ? '\n' : '')]));
  return { bytes, form: lines.length ? 'lines' : 'empty', events: [], sseProblems: [], messages, unreadable };
}
