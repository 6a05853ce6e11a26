import type { Json } from '../../../spec/messages.ts';
import { factsOf, type Revision, type Transport } from '../../../spec/revisions.ts';
import type { Outcome } from '../../judge/outcome.ts';
import { exchangesOf, STDIN } from '../../trace/exchange.ts';
import type { Ending, Trace, TraceEvent } from '../../trace/trace.ts';
import type { Invariant, TraceView } from '../invariant.ts';

/** An event as a test writes it; `data` that is not a string is written as JSON. */
export interface WrittenEvent {
  readonly event?: string;
  readonly id?: string;
  readonly retry?: number;
  readonly data?: Json;
  /** When it came, in milliseconds after the exchange began. */
  readonly after?: number;
}

/** One exchange as a test writes it. What is left out is as an ordinary client and server have it. */
export interface WrittenExchange {
  readonly client?: string;
  /** The session id that the request carries. */
  readonly session?: string;
  readonly method?: string;
  /** Request headers to add, or (null) to leave out. */
  readonly headers?: { readonly [name: string]: string | null };
  /** The message or batch that is sent. */
  readonly sent?: Json;
  /** A body that is sent as it stands, in place of `sent`. */
  readonly text?: string;
  /** When it began, in milliseconds since the trace began; by default one second after the exchange before. */
  readonly at?: number;
  readonly status?: number;
  /** The Content-Type of the answer; null for none. */
  readonly type?: string | null;
  readonly answerHeaders?: { readonly [name: string]: string };
  /** The session id that the answer issues. */
  readonly issues?: string;
  /** The answer: one JSON value, a body as it stands, or events. */
  readonly json?: Json;
  readonly body?: string | Uint8Array;
  readonly events?: readonly WrittenEvent[];
  /** What a server writes to its standard output after this was sent; makes it an exchange over stdio. */
  readonly lines?: readonly Json[];
  /** How it ended; null for not at all. */
  readonly end?: Ending | null;
  /** When it ended, in milliseconds after it began. */
  readonly endsAfter?: number;
}

const URL = 'http://127.0.0.1:1/mcp';

/** A trace of exchanges, seen as invariants see it. */
export function viewOf(
  revision: Revision,
  exchanges: readonly WrittenExchange[],
  transport: Transport = 'streamable-http',
): TraceView {
  const events = exchanges.flatMap((exchange, index) => eventsOf(exchange, index, revision));
  const trace: Trace = {
    header: {
      version: 1,
      case: 'test',
      side: 'server',
      revision,
      transport,
      target: URL,
      startedAt: '2026-01-01T00:00:00.000Z',
      variables: {},
    },
    events,
  };
  return { trace, exchanges: exchangesOf(trace), revision, facts: factsOf(revision) };
}

/**
 * What an invariant says of exchanges, one line for each outcome: `kept RULE` or `broken RULE`, with the exchange.
 *
 * @throws RangeError when it speaks of a requirement that it does not name
 */
export function verdicts(invariant: Invariant, view: TraceView): string[] {
  return invariant.judge(view).map((outcome) => {
    if (!invariant.requires.includes(outcome.requirement)) {
      throw new RangeError(`${invariant.id} does not name ${outcome.requirement}`);
    }
    return describe(outcome);
  });
}

function describe(outcome: Outcome): string {
  if (outcome.kind === 'skip') return `skip ${outcome.requirement}`;
  const milder = outcome.kind === 'broken' && outcome.atMost ? ` (${outcome.atMost})` : '';
  return `${outcome.kind} ${outcome.requirement} #${outcome.evidence.exchange}${milder}`;
}

function eventsOf(written: WrittenExchange, index: number, revision: Revision): TraceEvent[] {
  if (written.lines) return lineEventsOf(written, index, written.lines);
  const { method = 'POST', at = 1_000 * index, end = 'complete', client = 'a' } = written;
  const exchange = index + 1;
  const chunks = chunksOf(written);
  const lastChunk = Math.max(0, ...chunks.map(({ after }) => after));
  const body = Buffer.from(written.text ?? (written.sent === undefined ? '' : JSON.stringify(written.sent)));
  return [
    {
      kind: 'request',
      at,
      exchange,
      client,
      step: index,
      method,
      url: URL,
      headers: requestHeaders(written, revision),
      body,
    },
    ...(written.status === 0 ? [] : [responseOf(written, exchange, at + 10)]),
    ...chunks.map(({ bytes, after }) => ({ kind: 'chunk' as const, at: at + after, exchange, bytes })),
    ...(end === null
      ? []
      : [{ kind: 'end' as const, at: at + (written.endsAfter ?? lastChunk + 20), exchange, how: end }]),
  ];
}

function lineEventsOf(written: WrittenExchange, index: number, lines: readonly Json[]): TraceEvent[] {
  const { at = 1_000 * index, client = 'a' } = written;
  const exchange = index + 1;
  const body = Buffer.from(`${written.text ?? JSON.stringify(written.sent)}\n`);
  return [
    { kind: 'request', at, exchange, client, step: index, method: STDIN, url: 'stdio:', headers: [], body },
    ...lines.map((line, place) => {
      const bytes = Buffer.from(typeof line === 'string' ? line : JSON.stringify(line));
      return { kind: 'line' as const, at: at + 10 * (place + 1), client, bytes, terminated: true };
    }),
    { kind: 'end', at: at + 500, exchange, how: 'complete' },
  ];
}

function requestHeaders({ headers = {}, session, sent }: WrittenExchange, revision: Revision): [string, string][] {
  const initializing = typeof sent === 'object' && sent !== null && 'method' in sent && sent.method === 'initialize';
  const { versionHeader } = factsOf(revision);
  const all: { [name: string]: string | null } = {
    Accept: 'application/json, text/event-stream',
    'Content-Type': 'application/json',
    ...(versionHeader && !initializing ? { [versionHeader]: revision } : {}),
    ...(session === undefined ? {} : { 'Mcp-Session-Id': session }),
    ...headers,
  };
  return Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [[name, value] as [string, string]]));
}

function responseOf(written: WrittenExchange, exchange: number, at: number): TraceEvent {
  const { events, json, issues, answerHeaders = {} } = written;
  const usual = events ? 'text/event-stream' : json === undefined ? null : 'application/json';
  const type = written.type === undefined ? usual : written.type;
  const status = written.status ?? (events || json !== undefined || written.body !== undefined ? 200 : 202);
  const headers = Object.entries({
    ...(type === null ? {} : { 'content-type': type }),
    ...(issues === undefined ? {} : { 'mcp-session-id': issues }),
    ...answerHeaders,
  });
  return { kind: 'response', at, exchange, status, headers };
}

function chunksOf({ json, body, events = [] }: WrittenExchange): { bytes: Uint8Array; after: number }[] {
  if (json !== undefined) return [{ bytes: Buffer.from(JSON.stringify(json)), after: 20 }];
  if (body !== undefined) return [{ bytes: Buffer.from(body), after: 20 }];
  return events.map((event, index) => ({ bytes: Buffer.from(write(event)), after: event.after ?? 20 + 10 * index }));
}

function write({ event, id, retry, data }: WrittenEvent): string {
  const text = typeof data === 'string' || data === undefined ? data : JSON.stringify(data);
  return [
    ...(event === undefined ? [] : [`event: ${event}`]),
    ...(id === undefined ? [] : [`id: ${id}`]),
    ...(retry === undefined ? [] : [`retry: ${retry}`]),
    ...(text === undefined ? [] : [`data: ${text}`]),
    '\n',
  ].join('\n');
}

export { confirmed, failure, notification, type Opening, opened, request, result } from './messages.ts';
