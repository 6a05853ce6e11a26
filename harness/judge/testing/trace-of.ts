import type { Json } from '../../../spec/messages.ts';
import type { Ending, Trace, TraceEvent, TraceHeader } from '../../trace/trace.ts';
import type { HeaderPairs } from '../../wire/headers.ts';

/** An exchange as a test of the judge writes it. What is left out is as an ordinary JSON answer has it. */
export interface Told {
  /** The step that caused it; -1 for the set-up. */
  readonly step?: number | null;
  readonly client?: string;
  readonly method?: string;
  /** The message that was sent. */
  readonly sent?: Json;
  /** Null when no response came. */
  readonly status?: number | null;
  /** The Content-Type of the answer; null for none. */
  readonly type?: string | null;
  readonly headers?: HeaderPairs;
  /** The body of the answer as JSON. */
  readonly json?: Json;
  /** Messages of the answer, each an SSE event and a chunk of its own. */
  readonly events?: readonly Json[];
  /** The body of the answer as it stands, chunk by chunk. */
  readonly chunks?: readonly (string | Uint8Array)[];
  /** How it ended; null for not yet. */
  readonly end?: Ending | null;
  readonly detail?: string;
}

/** A trace of exchanges, ten milliseconds from one event to the next. */
export function traceOf(exchanges: readonly Told[], header: Partial<TraceHeader> = {}): Trace {
  let at = 0;
  const events = exchanges.flatMap((told, index) => eventsOf(told, index + 1));
  return {
    header: {
      version: 1,
      case: 'test',
      side: 'server',
      revision: '2025-11-25',
      transport: 'streamable-http',
      target: 'http://127.0.0.1:1/mcp',
      startedAt: '2026-01-01T00:00:00.000Z',
      variables: {},
      ...header,
    },
    events: events.map((event): TraceEvent => {
      at += 10;
      return { ...event, at };
    }),
  };
}

function eventsOf(told: Told, exchange: number): TraceEvent[] {
  const { step = 0, client = 'a', method = 'POST', status = 200, headers = [], end = 'complete', detail } = told;
  const body = Buffer.from(told.sent === undefined ? '' : JSON.stringify(told.sent));
  const type = told.type === undefined ? (told.events ? 'text/event-stream' : 'application/json') : told.type;
  const typed: HeaderPairs = type === null ? headers : [['Content-Type', type], ...headers];
  return [
    { kind: 'request', at: 0, exchange, client, step, method, url: 'http://127.0.0.1:1/mcp', headers: [], body },
    ...(status === null ? [] : [{ kind: 'response' as const, at: 0, exchange, status, headers: typed }]),
    ...chunksOf(told).map((bytes) => ({ kind: 'chunk' as const, at: 0, exchange, bytes })),
    ...(end === null ? [] : [{ kind: 'end' as const, at: 0, exchange, how: end, ...(detail ? { detail } : {}) }]),
  ];
}

function chunksOf({ json, events, chunks = [] }: Told): Uint8Array[] {
  if (json !== undefined) return [Buffer.from(JSON.stringify(json))];
  if (events) return events.map((message) => Buffer.from(`data: ${JSON.stringify(message)}\n\n`));
  return chunks.map((chunk) => (typeof chunk === 'string' ? Buffer.from(chunk) : chunk));
}
