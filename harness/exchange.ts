import type { Json } from '../spec/messages.ts';
import { type SortedStreams, sortStreams } from './sorted-streams.ts';
import type { Ending, Trace, TraceEvent } from './trace.ts';
import { joinBytes, lenientUtf8 } from './wire/bytes.ts';
import { type HeaderPairs, mediaTypeOf } from './wire/headers.ts';
import { type Envelope, isObject, readEnvelope } from './wire/json-rpc.ts';
import { type LinePiece, LinePieces } from './wire/line-pieces.ts';
import { readJson } from './wire/read-json.ts';
import { SseDecoder, type SseEvent, type SseProblem } from './wire/sse.ts';

/** A JSON-RPC message as one side received it. */
export interface ReceivedMessage {
  readonly value: Json;
  readonly envelope: Envelope;
  /** Milliseconds since the trace began. */
  readonly at: number;
  /** Index of the SSE event that carried it, or null for a JSON body. */
  readonly event: number | null;
  /** Whether it came as an element of an array. */
  readonly batched: boolean;
}

/** An SSE event with the time of the chunk that completed it. */
export interface TimedEvent extends SseEvent {
  readonly at: number;
}

/** The body of a message and what could be read in it. */
export interface Payload {
  readonly bytes: Uint8Array;
  /** How the body was read: by its Content-Type, or by its looks where that is missing or wrong. */
  readonly form: 'json' | 'sse' | 'lines' | 'other' | 'empty';
  readonly events: readonly TimedEvent[];
  readonly sseProblems: readonly SseProblem[];
  readonly messages: readonly ReceivedMessage[];
  /** Pieces that ought to be JSON and are not: the body, or the data of an event. */
  readonly unreadable: readonly { readonly event: number | null; readonly text: string; readonly why: string }[];
}

/** What one side sent in one go, with all that came back for it: an HTTP request, or a line over stdio. */
export interface Exchange {
  readonly id: number;
  readonly client: string;
  readonly step: number | null;
  readonly method: string;
  readonly url: string;
  /** The exchange on whose event stream its answers come, over HTTP+SSE; null where they come in this one. */
  readonly stream: number | null;
  readonly requestHeaders: HeaderPairs;
  readonly requestBody: Uint8Array;
  /** The messages that the request carried. */
  readonly sent: readonly ReceivedMessage[];
  readonly startedAt: number;
  readonly response: { readonly status: number; readonly headers: HeaderPairs; readonly at: number } | null;
  readonly payload: Payload;
  readonly end: { readonly how: Ending; readonly at: number; readonly detail: string | null } | null;
}

type Chunk = { readonly at: number; readonly bytes: Uint8Array };

const known = new WeakMap<Trace, readonly Exchange[]>();

/** Exchanges over HTTP by the event that ended them: nothing is added to those, so that each is read only once. */
const finished = new WeakMap<TraceEvent, Exchange>();

/** The exchanges of a trace in the order they began. */
export function exchangesOf(trace: Trace): readonly Exchange[] {
  const before = known.get(trace);
  if (before) return before;
  const exchanges = readExchanges(trace.events);
  known.set(trace, exchanges);
  return exchanges;
}

/** One exchange out of the events recorded so far. */
export function exchangeIn(events: readonly TraceEvent[], id: number): Exchange | undefined {
  const stream = events.find((event) => event.kind === 'request' && event.exchange === id);
  const shared = stream?.kind === 'request' ? (stream.stream ?? id) : id;
  const mine = events.filter(
    (event) =>
      isStdio(event) ||
      ('exchange' in event && (event.exchange === id || event.exchange === shared)) ||
      (event.kind === 'request' && event.stream === shared),
  );
  return readExchanges(mine).find((exchange) => exchange.id === id);
}

/** Lines over stdio belong together only by what they say. */
function isStdio(event: TraceEvent): boolean {
  return event.kind === 'line' || (event.kind === 'request' && event.method === STDIN);
}

/** Puts the events of a trace, or of a part of it, together to exchanges. */
export function readExchanges(events: readonly TraceEvent[]): readonly Exchange[] {
  const requests: Extract<TraceEvent, { kind: 'request' }>[] = [];
  const responses = new Map<number, Extract<TraceEvent, { kind: 'response' }>>();
  const chunks = new Map<number, Chunk[]>();
  const ends = new Map<number, Extract<TraceEvent, { kind: 'end' }>>();
  const lines = sortLines(events);
  const shared = sortStreams(events);
  for (const event of events) {
    if (event.kind === 'request') requests.push(event);
    else if (event.kind === 'response') responses.set(event.exchange, event);
    else if (event.kind === 'end') ends.set(event.exchange, event);
    else if (event.kind === 'chunk') {
      const list = chunks.get(event.exchange);
      if (list) list.push(event);
      else chunks.set(event.exchange, [event]);
    }
  }
  return requests.map((request) => {
    const end = ends.get(request.exchange);
    const before = end && finished.get(end);
    if (before) return before;
    const response = responses.get(request.exchange);
    const exchange: Exchange = {
      id: request.exchange,
      client: request.client,
      step: request.step,
      method: request.method,
      url: request.url,
      stream: request.stream ?? null,
      requestHeaders: request.headers,
      requestBody: request.body,
      sent: readPayload([{ at: request.at, bytes: request.body }], 'application/json').messages,
      startedAt: request.at,
      response: response ? { status: response.status, headers: response.headers, at: response.at } : null,
      payload:
        request.method === STDIN
          ? readLines(lines.get(request.exchange) ?? [])
          : readAnswer(request, response, chunks.get(request.exchange) ?? [], shared),
      end: end ? { how: end.how, at: end.at, detail: end.detail ?? null } : null,
    };
    // where all answers come on one stream, some may belong to an exchange that come after its end
    if (end && !sharesStream(exchange) && !shared.streams.has(exchange.id)) finished.set(end, exchange);
    return exchange;
  });
}

type Kind<K extends TraceEvent['kind']> = Extract<TraceEvent, { kind: K }>;

/** Whether the answers to an exchange come on a stream that all exchanges of its client share. */
export function sharesStream({ method, stream }: Exchange): boolean {
  return method === STDIN || stream !== null;
}

type Line = Extract<TraceEvent, { kind: 'line' }>;

/** The method that a trace notes for a line written to a server's standard input. */
export const STDIN = 'stdin';

/**
 * Gives what a server wrote to the exchange that it belongs to: a response to the request with its id, anything else to what
 * was sent last.
 */
function sortLines(events: readonly TraceEvent[]): ReadonlyMap<number, LinePiece<Line>[]> {
  const sorted = new Map<number, LinePiece<Line>[]>();
  const latest = new Map<string, number>();
  const asked = new Map<string, number>();
  const readers = new Map<string, LinePieces<Line>>();
  const give = (client: string, pieces: readonly LinePiece<Line>[]) => {
    for (const piece of pieces) {
      const answered = idsIn(piece.values, true).map((id) => asked.get(`${client} ${id}`));
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

function readLines(pieces: readonly LinePiece<Line>[]): Payload {
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

/** What came back for a request over HTTP: in its own answer, or on the stream that carries all answers. */
function readAnswer(
  { exchange, stream }: Kind<'request'>,
  response: Kind<'response'> | undefined,
  chunks: readonly Chunk[],
  shared: SortedStreams,
): Payload {
  const own = readPayload(chunks, response ? mediaTypeOf(response.headers) : null);
  const events = shared.eventsOf(exchange);
  if (shared.streams.has(exchange)) {
    return { ...own, form: 'sse', ...readEvents(events), sseProblems: shared.problemsOf(exchange) };
  }
  if (stream === undefined) return own;
  // the body of a POST that was taken says nothing; that of one that was refused may say why
  const refused = (response?.status ?? 0) >= 400 && own.form === 'json' ? own : { messages: [], unreadable: [] };
  const read = readEvents(events);
  return {
    bytes: own.bytes,
    form: events.length ? 'sse' : own.form,
    sseProblems: [],
    events,
    messages: [...refused.messages, ...read.messages],
    unreadable: [...refused.unreadable, ...read.unreadable],
  };
}

function readPayload(chunks: readonly Chunk[], mediaType: string | null): Payload {
  const bytes = joinBytes(chunks.map((chunk) => chunk.bytes));
  const form = formOf(bytes, mediaType);
  const payload = { bytes, form, events: [], sseProblems: [], messages: [], unreadable: [] };
  if (form === 'sse') return { ...payload, ...readStream(chunks) };
  if (form !== 'json') return payload;
  const read = readJson(bytes);
  if (!read.ok) return { ...payload, unreadable: [{ event: null, text: lenientUtf8(bytes), why: read.why }] };
  return { ...payload, messages: messagesOf(read.value, chunks.at(-1)?.at ?? 0, null) };
}

function formOf(bytes: Uint8Array, mediaType: string | null): Payload['form'] {
  if (mediaType === 'text/event-stream') return 'sse';
  if (!bytes.length) return 'empty';
  if (mediaType === 'application/json') return 'json';
  const start = lenientUtf8(bytes.subarray(0, 64)).trimStart();
  if (/^[{[]/.test(start)) return 'json';
  return /^(data|event|id|retry):/.test(start) ? 'sse' : 'other';
}

function readStream(chunks: readonly Chunk[]): Pick<Payload, 'events' | 'sseProblems' | 'messages' | 'unreadable'> {
  const decoder = new SseDecoder();
  const events: TimedEvent[] = [];
  for (const { at, bytes } of chunks) {
    for (const event of decoder.push(bytes)) events.push({ ...event, at });
  }
  const rest = decoder.end();
  if (rest) events.push({ ...rest, at: chunks.at(-1)?.at ?? 0 });
  return { ...readEvents(events), sseProblems: decoder.problems };
}

function readEvents(events: readonly TimedEvent[]): Pick<Payload, 'events' | 'messages' | 'unreadable'> {
  const messages: ReceivedMessage[] = [];
  const unreadable: { event: number | null; text: string; why: string }[] = [];
  events.forEach((event, index) => {
    if (event.data === null || event.data === '') return;
    const read = readJson(Buffer.from(event.data, 'utf8'));
    if (read.ok) messages.push(...messagesOf(read.value, event.at, index));
    else unreadable.push({ event: index, text: event.data, why: read.why });
  });
  return { events, messages, unreadable };
}

function messagesOf(value: Json, at: number, event: number | null): ReceivedMessage[] {
  const batched = Array.isArray(value);
  return (batched ? value : [value]).map((item) => ({ value: item, envelope: readEnvelope(item), at, event, batched }));
}

export { readJson } from './wire/read-json.ts';
