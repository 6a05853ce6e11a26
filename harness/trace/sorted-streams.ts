import { isObject } from '../wire/json-rpc.ts';
import { readJson } from '../wire/read-json.ts';
import { isMessageEvent, SseDecoder, type SseProblem } from '../wire/sse.ts';
import type { TimedEvent } from './exchange.ts';
import type { TraceEvent } from './trace.ts';

/** The events of streams that carry the answers to several exchanges, given to the exchange that each belongs to. */
export interface SortedStreams {
  /** The exchanges that opened such a stream. */
  readonly streams: ReadonlySet<number>;
  eventsOf(exchange: number): readonly TimedEvent[];
  problemsOf(stream: number): readonly SseProblem[];
}

/**
 * Gives each message on a shared stream (HTTP+SSE) to its exchange: a response to the request with its id, anything else to
 * what was sent last. What is no message, such as the endpoint event, stays with the exchange that opened the stream.
 */
export function sortStreams(events: readonly TraceEvent[]): SortedStreams {
  const sorted = new Map<number, TimedEvent[]>();
  const streams = new Map<number, Stream>();
  for (const event of events) {
    if (event.kind === 'request' && event.stream !== undefined) streams.set(event.stream, new Stream());
  }
  const give = (exchange: number, event: TimedEvent) => {
    const list = sorted.get(exchange);
    if (list) list.push(event);
    else sorted.set(exchange, [event]);
  };
  for (const event of events) {
    if (event.kind === 'request' && event.stream !== undefined) {
      streams.get(event.stream)?.sent(event.exchange, event.body);
    } else if (event.kind === 'chunk') {
      const stream = streams.get(event.exchange);
      if (!stream) continue;
      stream.at = event.at;
      for (const one of stream.decoder.push(event.bytes)) {
        const timed = { ...one, at: event.at };
        give(stream.ownerOf(timed) ?? event.exchange, timed);
      }
    }
  }
  for (const [exchange, { decoder, at }] of streams) {
    const rest = decoder.end();
    if (rest) give(exchange, { ...rest, at });
  }
  return {
    streams: new Set(streams.keys()),
    eventsOf: (exchange) => sorted.get(exchange) ?? [],
    problemsOf: (stream) => streams.get(stream)?.decoder.problems ?? [],
  };
}

/** One stream, with what was sent to the server that answers on it. */
class Stream {
  readonly decoder = new SseDecoder();
  at = 0;
  #latest: number | undefined;
  readonly #asked = new Map<string, number>();

  sent(exchange: number, body: Uint8Array): void {
    this.#latest = exchange;
    for (const id of idsIn(body, 'requests')) this.#asked.set(id, exchange);
  }

  /** The exchange that an event belongs to; undefined where it is that of the stream itself. */
  ownerOf({ event, data }: TimedEvent): number | undefined {
    if (!isMessageEvent(event) || !data) return undefined;
    const answered = idsIn(Buffer.from(data, 'utf8'), 'responses').map((id) => this.#asked.get(id));
    return answered.find((one) => one !== undefined) ?? this.#latest;
  }
}

/** The ids of the requests or of the responses in a piece of JSON, spelled as JSON. */
function idsIn(bytes: Uint8Array, which: 'requests' | 'responses'): string[] {
  const read = readJson(bytes);
  if (!read.ok) return [];
  return (Array.isArray(read.value) ? read.value : [read.value]).flatMap((item) => {
    if (!isObject(item) || item.id === undefined) return [];
    return 'method' in item === (which === 'requests') ? [JSON.stringify(item.id)] : [];
  });
}
