import { createParser } from 'eventsource-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seed } from '../../fixtures/seed.ts';
import { sseSamples } from '../../fixtures/sse/index.ts';
import { bytesOf } from '../../fixtures/sse/sample.ts';
import { SseDecoder, type SseEvent } from './sse.ts';

const NOTHING: SseEvent = { event: null, data: null, id: null, retry: null, comments: [], terminated: true };

function decode(chunks: readonly Uint8Array[]) {
  const decoder = new SseDecoder();
  const events = chunks.flatMap((chunk) => decoder.push(chunk));
  const rest = decoder.end();
  return { events: rest ? [...events, rest] : events, problems: decoder.problems };
}

/** What eventsource-parser makes of a stream; it knows no event without data and keeps comments and retries apart. */
function parseElsewhere(chunks: readonly Uint8Array[]) {
  const read = { events: [] as unknown[], comments: [] as string[], retries: [] as number[] };
  const parser = createParser({
    onEvent: ({ id, event, data }) => read.events.push({ id, event, data }),
    onComment: (comment) => read.comments.push(comment),
    onRetry: (retry) => read.retries.push(retry),
  });
  const text = new TextDecoder();
  for (const chunk of chunks) parser.feed(text.decode(chunk, { stream: true }));
  parser.feed(text.decode());
  return read;
}

/** Our reading in the other's terms. */
function delivered(events: readonly SseEvent[]) {
  return events
    .filter(({ terminated, data }) => terminated && data !== null)
    .map(({ id, event, data }) => ({ id: id ?? undefined, event: event || undefined, data }));
}

function cut(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [0, ...cuts.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return places.slice(1).map((place, at) => bytes.subarray(places[at], place));
}

describe.each(Object.entries(sseSamples))('%s', (_, samples) => {
  it.each(samples)('$title', (sample) => {
    const { events, problems } = decode(bytesOf(sample));
    expect(events).toEqual(sample.events.map((event) => ({ ...NOTHING, ...event })));
    expect(problems.map(({ kind }) => kind)).toEqual(sample.problems ?? []);
  });

  it.each(samples)('$title: the same in one piece and, where it is short, byte by byte', (sample) => {
    const whole = Buffer.concat(bytesOf(sample));
    const expected = decode(bytesOf(sample));
    expect(decode([whole])).toEqual(expected);
    if (whole.length < 10_000) expect(decode(cut(whole, [...whole.keys()]))).toEqual(expected);
  });

  it.each(samples)('$title: eventsource-parser reads the same', (sample) => {
    // It takes CR for the end of a line only once it has seen what follows.
    const chunks = [...bytesOf(sample), Buffer.from('\n')];
    expect(delivered(decode(chunks).events)).toEqual(parseElsewhere(chunks).events);
  });
});

describe('problems', () => {
  it('come with the line that has them', () => {
    const { problems } = decode([Buffer.from('Data: a\nretry: soon\nid: \u0000\n\ndata: b\ndata: c')]);
    expect(problems).toEqual([
      { kind: 'unknown-field', line: 'Data: a' },
      { kind: 'bad-retry', line: 'retry: soon' },
      { kind: 'nul-in-id', line: 'id: \u0000' },
      { kind: 'unterminated-event', line: 'b\nc' },
    ]);
  });
});

it('gives an event with the chunk that completes it, not later', () => {
  const decoder = new SseDecoder();
  const counts = ['data: a', '\n', '\r', '\n', 'data: b\n\ndata: c\n\n'].map(
    (chunk) => decoder.push(Buffer.from(chunk)).length,
  );
  expect(counts).toEqual([0, 0, 1, 0, 2]);
});

it('gives nothing at the end of a stream twice', () => {
  const decoder = new SseDecoder();
  decoder.push(Buffer.from('data: a'));
  expect(decoder.end()).toMatchObject({ data: 'a' });
  expect(decoder.end()).toBeNull();
});

it('does not hold on to the memory of a chunk', () => {
  const decoder = new SseDecoder();
  const chunk = Buffer.from('data: a');
  decoder.push(chunk);
  chunk.fill('x');
  expect(decoder.push(Buffer.from('\n\n'))).toMatchObject([{ data: 'a' }]);
});

it('reads a line of megabytes that comes in tiny chunks', { timeout: 60_000 }, () => {
  const decoder = new SseDecoder();
  const piece = Buffer.from('x'.repeat(64));
  decoder.push(Buffer.from('data: '));
  for (let count = 0; count < 2 ** 16; count += 1) decoder.push(piece);
  const [event] = decoder.push(Buffer.from('\n\n'));
  expect(event?.data).toHaveLength(2 ** 22);
});

describe('generated streams', () => {
  const cuts = fc.array(fc.nat(), { maxLength: 12 });
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('', ' ', '1', '1000', ' 5', '\u0000', '\ufeff', 'a:b', ': x'),
  );
  const line = fc
    .tuple(
      fc.constantFrom(
        'data:',
        'data: ',
        'event: ',
        'event:',
        'id: ',
        'retry: ',
        'retry:',
        ':',
        ': ',
        '',
        'data',
        'id',
        'Data: ',
        '\ufeffdata: ',
      ),
      text,
    )
    .map(([name, value]) => `${name}${value}`.replaceAll(/[\r\n]/g, ''));
  const lineEnd = fc.constantFrom('\n', '\r', '\r\n');
  const stream = fc
    .array(fc.tuple(fc.oneof({ weight: 3, arbitrary: line }, { weight: 2, arbitrary: fc.constant('') }), lineEnd))
    .map((lines) => Buffer.from(lines.flat().join('')));
  const anyBytes = fc
    .array(fc.oneof(fc.constantFrom(0x0a, 0x0d, 0x3a, 0x20, 0x64, 0xef, 0xbb, 0xbf, 0xff), fc.nat(255)))
    .map((values) => Uint8Array.from(values));

  it('say the same however they are cut', () => {
    fc.assert(
      fc.property(fc.oneof(stream, anyBytes), cuts, (bytes, places) => {
        expect(decode(cut(bytes, places))).toEqual(decode([bytes]));
      }),
      { seed, numRuns: 1_000 },
    );
  });

  it('say what eventsource-parser says', () => {
    fc.assert(
      fc.property(stream, cuts, (bytes, places) => {
        // It takes CR for the end of a line only once it has seen what follows.
        const chunks = [...cut(bytes, places), Buffer.from('\n')];
        const { events } = decode(chunks);
        expect({
          events: delivered(events),
          comments: events.flatMap(({ comments }) => comments),
        }).toEqual({ events: parseElsewhere(chunks).events, comments: parseElsewhere(chunks).comments });
      }),
      { seed, numRuns: 1_000 },
    );
  });

  it('carry the retry times that eventsource-parser reports', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat().map(String), text)), (values) => {
        const spelled = values.map((value) => `retry: ${value.replaceAll(/[\r\n]/g, '')}\n\n`).join('');
        const { events } = decode([Buffer.from(spelled)]);
        expect(events.flatMap(({ retry }) => retry ?? [])).toEqual(parseElsewhere([Buffer.from(spelled)]).retries);
      }),
      { seed },
    );
  });
});
