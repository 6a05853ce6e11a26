import type { Json } from '../../spec/messages.ts';
import { joinBytes, lenientUtf8 } from '../wire/bytes.ts';
import { type Envelope, readEnvelope } from '../wire/json-rpc.ts';
import { readJson } from '../wire/read-json.ts';
import { SseDecoder, type SseEvent, type SseProblem } from '../wire/sse.ts';

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

/** A piece of a body with the time it came, in milliseconds since the trace began. */
export type Chunk = { readonly at: number; readonly bytes: Uint8Array };

/** Reads a body by its Content-Type, or by its looks where that is missing or wrong. */
export function readPayload(chunks: readonly Chunk[], mediaType: string | null): Payload {
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

/** Reads the data of events as messages. */
export function readEvents(events: readonly TimedEvent[]): Pick<Payload, 'events' | 'messages' | 'unreadable'> {
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

/** The messages in a JSON value: itself, or the elements of a batch. */
export function messagesOf(value: Json, at: number, event: number | null): ReceivedMessage[] {
  const batched = Array.isArray(value);
  return (batched ? value : [value]).map((item) => ({ value: item, envelope: readEnvelope(item), at, event, batched }));
}
