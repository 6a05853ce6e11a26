import { createParser, type EventSourceMessage } from 'eventsource-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newSseDecoder, type SseEvent } from './sse-decoder.ts';

const utf8 = new TextEncoder();

interface Decoded {
  events: SseEvent[];
  lastEventId: string | undefined;
  retryMs: number | undefined;
}

function decode(chunks: Uint8Array[]): Decoded {
  const decoder = newSseDecoder();
  const events = chunks.flatMap((chunk) => decoder.decode(chunk));
  return { events, lastEventId: decoder.lastEventId, retryMs: decoder.retryMs };
}

function cut(bytes: Uint8Array, places: number[]): Uint8Array[] {
  const sorted = [0, ...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return sorted.slice(1).map((end, index) => bytes.subarray(sorted[index], end));
}

function message(data: string, type = 'message'): SseEvent {
  return { type, data };
}

const TABLE: { what: string; text: string; events: SseEvent[]; lastEventId?: string; retryMs?: number }[] = [
  { what: 'an event', text: 'data: a\n\n', events: [message('a')] },
  { what: 'an event ended by CRLF', text: 'data: a\r\n\r\n', events: [message('a')] },
  { what: 'an event ended by CR', text: 'data: a\r\rdata: b\r\r', events: [message('a'), message('b')] },
  { what: 'all line ends in one stream', text: 'data: a\r\ndata: b\rdata: c\n\r\n', events: [message('a\nb\nc')] },
  { what: 'a byte order mark at the beginning', text: '\ufeffdata: a\n\n', events: [message('a')] },
  { what: 'only one byte order mark taken off', text: '\ufeff\ufeffdata: a\n\n', events: [] },
  { what: 'a byte order mark in the middle', text: 'data: a\n\n\ufeffdata: b\n\n', events: [message('a')] },
  { what: 'several data lines', text: 'data: a\ndata\ndata: c\n\n', events: [message('a\n\nc')] },
  { what: 'one space taken off', text: 'data:  a\ndata:b\n\n', events: [message(' a\nb')] },
  { what: 'a colon in the value', text: 'data: a: b\n\n', events: [message('a: b')] },
  { what: 'comments', text: ': hi\n\n:\n\ndata: a\n:x\ndata: b\n\n', events: [message('a\nb')] },
  {
    what: 'an event type',
    text: 'event: endpoint\ndata: /x\n\ndata: y\n\n',
    events: [message('/x', 'endpoint'), message('y')],
  },
  { what: 'a type without data', text: 'event: ping\n\ndata: a\n\n', events: [message('a')] },
  { what: 'an event with empty data', text: 'id: 7\ndata: \n\n', events: [message('')], lastEventId: '7' },
  { what: 'a field name alone', text: 'data\n\n', events: [message('')] },
  { what: 'an id without data', text: 'id: 7\n\n', events: [], lastEventId: '7' },
  {
    what: 'an id that stays',
    text: 'id: 7\ndata: a\n\ndata: b\n\n',
    events: [message('a'), message('b')],
    lastEventId: '7',
  },
  { what: 'an id that is reset', text: 'id: 7\n\nid\n\n', events: [], lastEventId: '' },
  { what: 'an id with NUL', text: 'id: 7\n\nid: 8\0\ndata: a\n\n', events: [message('a')], lastEventId: '7' },
  { what: 'an id whose event never ends', text: 'id: 7\n\nid: 8\ndata: a\n', events: [], lastEventId: '7' },
  { what: 'a reconnection time', text: 'retry: 1500\n', events: [], retryMs: 1500 },
  {
    what: 'retry with other than digits',
    text: 'retry: 1\nretry: 2s\nretry: -3\nretry:\nretry: ٣\n',
    events: [],
    retryMs: 1,
  },
  {
    what: 'unknown fields, and names in other case',
    text: 'foo: bar\nData: x\nid : 7\ndata: a\n\n',
    events: [message('a')],
  },
  { what: 'an event without its blank line', text: 'data: a\n\ndata: b\n', events: [message('a')] },
  { what: 'a line without its end', text: 'data: a\n\ndata: b', events: [message('a')] },
  { what: 'characters beyond ASCII', text: 'data: é日🔍\u2028x\n\n', events: [message('é日🔍\u2028x')] },
];

describe('the event stream decoder', () => {
  it.each(TABLE)('reads $what, however the bytes are cut', ({ text, events, lastEventId, retryMs }) => {
    const bytes = utf8.encode(text);
    const expected = { events, lastEventId, retryMs };
    expect(decode([bytes])).toEqual(expected);
    expect(decode([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(expected);
    for (let place = 0; place <= bytes.length; place += 1) {
      expect(decode(cut(bytes, [place])), `cut at byte ${place}`).toEqual(expected);
    }
  });

  it('dispatches an event as soon as its blank line is there', () => {
    const decoder = newSseDecoder();
    expect(decoder.decode(utf8.encode('data: a\r\n\r'))).toEqual([message('a')]);
    expect(decoder.decode(utf8.encode('\ndata: b\n'))).toEqual([]);
    expect(decoder.decode(utf8.encode('\n'))).toEqual([message('b')]);
  });

  it('replaces bytes that are not UTF-8', () => {
    const bytes = Uint8Array.of(...utf8.encode('data: a'), 0xff, ...utf8.encode('b\n\n'));
    expect(decode([bytes]).events).toEqual([message('a\ufffdb')]);
  });

  it('takes a hundred thousand events in one chunk', () => {
    const { events } = decode([
      utf8.encode(`${': keep-alive\n\nevent: ping\ndata: x\n\n'.repeat(100_000)}data: end\n\n`),
    ]);
    expect(events).toHaveLength(100_001);
    expect(events.at(-1)).toEqual(message('end'));
  }, 60_000);

  it('agrees with eventsource-parser on generated streams and chunkings', () => {
    const piece = fc.oneof(
      {
        weight: 6,
        arbitrary: fc.constantFrom('data', 'event', 'id', 'retry', ':', ': ', ' ', '\n', '\r', '\r\n', '\n\n'),
      },
      {
        weight: 2,
        arbitrary: fc.constantFrom('data: x\n', 'id: 1\n', 'retry: 10\n', 'event: e\r', 'é', '🔍', '\0', '\ufeff'),
      },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 5 }) },
    );
    const bytes = fc.oneof(
      { weight: 9, arbitrary: fc.array(piece, { maxLength: 60 }).map((pieces) => utf8.encode(pieces.join(''))) },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }) },
    );
    // fast-check prints seed and path when this fails.
    fc.assert(
      fc.property(bytes, fc.array(fc.nat(), { maxLength: 8 }), (stream, places) => {
        const ours = decode(cut(stream, places));
        const theirs = byEventsourceParser(stream);
        expect(ours.events).toEqual(theirs.events);
        expect(ours.retryMs).toBe(theirs.retryMs);
        expect(ours).toEqual(decode([stream]));
      }),
      { numRuns: 3000 },
    );
  }, 120_000);
});

/** What eventsource-parser makes of a stream that is given to it as one text. */
function byEventsourceParser(stream: Uint8Array): Pick<Decoded, 'events' | 'retryMs'> {
  const events: SseEvent[] = [];
  let retryMs: number | undefined;
  const parser = createParser({
    onEvent: ({ event, data }: EventSourceMessage) => events.push(message(data, event)),
    onRetry: (milliseconds) => {
      retryMs = milliseconds;
    },
  });
  const text = new TextDecoder().decode(stream);
  // It waits for what follows a last CR; a line feed there belongs to the same line end.
  parser.feed(text.endsWith('\r') ? `${text}\n` : text);
  return { events, retryMs };
}
