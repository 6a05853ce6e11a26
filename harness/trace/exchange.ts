import { type HeaderPairs, mediaTypeOf } from '../wire/headers.ts';
import { type Chunk, type Payload, type ReceivedMessage, readEvents, readPayload } from './payload.ts';
import { type SortedStreams, sortStreams } from './sorted-streams.ts';
import { readLines, STDIN, sortLines } from './stdio-answers.ts';
import type { Ending, Trace, TraceEvent } from './trace.ts';

export { readJson } from '../wire/read-json.ts';
export type { Payload, ReceivedMessage, TimedEvent } from './payload.ts';
export { STDIN } from './stdio-answers.ts';

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
