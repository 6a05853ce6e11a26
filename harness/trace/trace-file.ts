import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { DataFileError } from '../../spec/data-file.ts';
import { hideStrings } from '../target/hide-strings.ts';
import { decodeBytes, encodeBytes } from '../wire/bytes.ts';
import type { HeaderPairs } from '../wire/headers.ts';
import { isObject } from '../wire/json-rpc.ts';
import { hiddenChunks, latin1 } from './hidden-chunks.ts';
import type { Trace, TraceEvent } from './trace.ts';
import { type EventLine, type HeaderLine, readTraceLine } from './trace-lines.ts';

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
    variables: isObject(variables) ? variables : {},
  };
  const lines = [first, ...hideBodies(events, hide).map((event) => encodeEvent(event, hide))];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

type ChunkEvent = Extract<TraceEvent, { kind: 'chunk' }>;

/** The events with the secrets of each answer's body hidden, over the borders of its chunks too. */
function hideBodies(events: readonly TraceEvent[], hide: Hide): TraceEvent[] {
  const bodies = new Map<number, ChunkEvent[]>();
  for (const event of events) {
    if (event.kind !== 'chunk') continue;
    const body = bodies.get(event.exchange);
    if (body) body.push(event);
    else bodies.set(event.exchange, [event]);
  }
  const hidden = new Map<TraceEvent, Uint8Array | null>();
  for (const body of bodies.values()) {
    const pieces = hiddenChunks(
      body.map((chunk) => chunk.bytes),
      hide,
    );
    body.forEach((chunk, at) => {
      hidden.set(chunk, pieces[at] ?? null);
    });
  }
  return events.flatMap((event): TraceEvent[] => {
    if (event.kind !== 'chunk') return [event];
    const bytes = hidden.get(event);
    return bytes ? [{ ...event, bytes }] : [];
  });
}

function encodeEvent(event: TraceEvent, hide: Hide): EventLine {
  switch (event.kind) {
    case 'request':
      return {
        ...event,
        url: hide(event.url),
        headers: hidePairs(event.headers, hide),
        body: encodeBytes(Buffer.from(hide(latin1(event.body)), 'latin1')),
      };
    case 'response':
      return { ...event, headers: hidePairs(event.headers, hide) };
    case 'chunk':
      return { ...event, bytes: encodeBytes(event.bytes) };
    case 'end':
      return event.detail === undefined ? event : { ...event, detail: hide(event.detail) };
    case 'line':
    case 'stderr':
      return { ...event, bytes: encodeBytes(Buffer.from(hide(latin1(event.bytes)), 'latin1')) };
    case 'step':
    case 'stop':
    case 'exit':
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
  const traces: OpenTrace[] = [];
  for (const [index, line] of readText(path).split('\n').entries()) {
    if (!line.trim()) continue;
    const problem = take(line, traces);
    if (problem !== null) throw new DataFileError(`${path}:${index + 1}: ${problem}`);
  }
  if (!traces.length) throw new DataFileError(`${path}: holds no trace; --trace writes one`);
  return traces.map(({ header, events }) => ({ header, events }));
}

interface OpenTrace {
  readonly header: Trace['header'];
  readonly events: TraceEvent[];
  /** The exchanges that have a request. */
  readonly asked: Set<number>;
}

/** Adds a line to the traces; gives what is wrong with it, or null. */
function take(line: string, traces: OpenTrace[]): string | null {
  const read = readTraceLine(line);
  if (typeof read === 'string') return read;
  if (read.kind === 'trace') {
    const { kind: _, ...header } = read;
    traces.push({ header, events: [], asked: new Set() });
    return Number.isNaN(Date.parse(header.startedAt)) ? '"startedAt" is not a date' : null;
  }
  const trace = traces.at(-1);
  if (!trace) return 'a trace begins with a line of the kind "trace"';
  if (read.kind === 'request') {
    if (trace.asked.has(read.exchange)) return `exchange ${read.exchange} has two requests`;
    trace.asked.add(read.exchange);
  } else if ('exchange' in read && !trace.asked.has(read.exchange)) {
    return `exchange ${read.exchange} has no request before this line`;
  }
  trace.events.push(decodeEvent(read));
  return null;
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
  if (line.kind === 'chunk') return { ...line, bytes: decodeBytes(line.bytes) };
  return line.kind === 'line' || line.kind === 'stderr' ? { ...line, bytes: decodeBytes(line.bytes) } : line;
}
