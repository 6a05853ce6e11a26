import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { DataFileError } from '../spec/data-file.ts';
import { hiddenChunks } from './hidden-chunks.ts';
import { hideStrings } from './hide-strings.ts';
import type { Trace, TraceEvent } from './trace.ts';
import { type EventLine, type HeaderLine, readTraceLine } from './trace-lines.ts';
import { decodeBytes, encodeBytes } from './wire/bytes.ts';
import type { HeaderPairs } from './wire/headers.ts';
import { isObject } from './wire/json-rpc.ts';

/** Hides secrets in a text. */
type Hide = (text: string) => string;

/**
 * Writes traces one after the other, secrets hidden: JSON lines, of each trace first its header and then its events.
 *
 * @throws the error of the file system when the file cannot be written
 */
export function writeTraces(path: string, traces: readonly Trace[], hide: Hide): void {
  const file = openSync(path, 'w');
  try {
    for (const trace of traces) writeSync(file, traceText(trace, hide));
  } finally {
    closeSync(file);
  }
}

/** One trace as the lines of a file. */
export function traceText({ header, events }: Trace, hide: Hide): string {
  const variables = hideStrings({ ...header.variables }, hide);
  const first: HeaderLine = {
    kind: 'trace',
    ...header,
    target: hide(header.target),
    variables: isObject(variables) ? { ...variables, ...unhidden(header.variables.revision) } : {},
  };
  const lines = [first, ...hiddenEvents(events, hide).map((event) => encodeEvent(event, hide))];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** The revision is of our choosing: hidden as the value of some header, it would make other verdicts of the same trace. */
function unhidden(revision: Trace['header']['variables'][string] | undefined) {
  return revision === undefined ? {} : { revision };
}

/** The events with the secrets of each answer's body hidden over the borders of its chunks. */
function hiddenEvents(events: readonly TraceEvent[], hide: Hide): TraceEvent[] {
  const bodies = new Map<number, Extract<TraceEvent, { kind: 'chunk' }>[]>();
  for (const event of events) {
    if (event.kind === 'chunk') bodies.set(event.exchange, [...(bodies.get(event.exchange) ?? []), event]);
  }
  const replaced = new Map<TraceEvent, TraceEvent[]>();
  for (const [exchange, chunks] of bodies) {
    const hidden = hiddenChunks(chunks, hide);
    if (hidden === chunks) continue;
    for (const chunk of chunks) {
      const kept = hidden.filter(({ at }) => at === chunk.at);
      replaced.set(
        chunk,
        kept.map(({ at, bytes }) => ({ kind: 'chunk', exchange, at, bytes })),
      );
    }
  }
  return events.flatMap((event) => replaced.get(event) ?? [event]);
}

function encodeEvent(event: TraceEvent, hide: Hide): EventLine {
  switch (event.kind) {
    case 'request':
      return {
        ...event,
        url: hide(event.url),
        headers: hidePairs(event.headers, hide),
        body: encodeBytes(Buffer.from(hide(Buffer.from(event.body).toString('latin1')), 'latin1')),
      };
    case 'response':
      return { ...event, headers: hidePairs(event.headers, hide) };
    case 'chunk':
      return { ...event, bytes: encodeBytes(event.bytes) };
    case 'end':
      return event.detail === undefined ? event : { ...event, detail: hide(event.detail) };
    case 'step':
      return event;
  }
}

function hidePairs(pairs: HeaderPairs, hide: Hide): HeaderPairs {
  return pairs.map(([name, value]) => [hide(name), hide(value)] as const);
}

/**
 * Reads the traces of a file.
 *
 * @throws DataFileError with file, line and one sentence when it cannot be read or a line is not as it should be
 */
export function readTraces(path: string): Trace[] {
  const traces: { header: Trace['header']; events: TraceEvent[]; asked: Set<number> }[] = [];
  for (const [index, line] of readText(path).split('\n').entries()) {
    if (!line.trim()) continue;
    const fail = (what: string) => new DataFileError(`${path}:${index + 1}: ${what}`);
    const read = readTraceLine(line);
    if (typeof read === 'string') throw fail(read);
    if (read.kind === 'trace') {
      const { kind: _, ...header } = read;
      traces.push({ header, events: [], asked: new Set() });
      continue;
    }
    const trace = traces.at(-1);
    if (!trace) throw fail('a trace begins with a line of the kind "trace"');
    if (read.kind === 'request') {
      if (trace.asked.has(read.exchange)) throw fail(`exchange ${read.exchange} has two requests`);
      trace.asked.add(read.exchange);
    } else if (read.kind !== 'step' && !trace.asked.has(read.exchange)) {
      throw fail(`exchange ${read.exchange} has no request before this line`);
    }
    trace.events.push(decodeEvent(read));
  }
  if (!traces.length) throw new DataFileError(`${path}: holds no trace; --trace writes one`);
  return traces.map(({ header, events }) => ({ header, events }));
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : String(error);
    throw new DataFileError(`${path}: cannot be read (${code})`);
  }
}

function decodeEvent(line: EventLine): TraceEvent {
  if (line.kind === 'request') return { ...line, body: decodeBytes(line.body) };
  return line.kind === 'chunk' ? { ...line, bytes: decodeBytes(line.bytes) } : line;
}
