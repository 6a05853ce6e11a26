/** Reading an event stream, and deciding how to go on when its connection ends. */
import type { HttpAnswer } from './http-exchange.ts';
import type { SseDecoder, SseEvent } from './sse-decoder.ts';

/** What is remembered of one stream from connection to connection. */
export interface StreamPosition {
  /** The id of the last event; undefined or empty when the stream cannot be resumed. */
  lastEventId: string | undefined;
  /** The reconnection time the server asked for, in milliseconds. */
  retryMs: number | undefined;
  /** Reconnections in a row that brought no new event id. */
  fruitless: number;
}

/** How to resume a stream. */
export interface Reconnection {
  /** Milliseconds to wait first. */
  afterMs: number;
  lastEventId: string;
}

const DEFAULT_RETRY_MS = 1000;
const MAX_FRUITLESS_RECONNECTIONS = 5;

export function newStreamPosition(): StreamPosition {
  return { lastEventId: undefined, retryMs: undefined, fruitless: 0 };
}

/**
 * How to resume a stream whose connection ended; undefined to give it up: when it named no event id, or when the
 * server was asked several times and brought nothing new.
 *
 * Source: basic/transports#resumability-and-redelivery; 2025-11-25 #sending-messages-to-the-server, item 6 (`retry`).
 */
export function planReconnection(position: StreamPosition): Reconnection | undefined {
  if (!position.lastEventId || position.fruitless >= MAX_FRUITLESS_RECONNECTIONS) return undefined;
  return { afterMs: position.retryMs ?? DEFAULT_RETRY_MS, lastEventId: position.lastEventId };
}

/**
 * Reads one connection of a stream to its end. A broken connection ends like a closed one: what was read counts.
 *
 * @param take gets the text of each message. Events of other types, and events with empty data (2025-11-25 begins its
 *   streams with one), hold none.
 */
export async function readConnection(
  answer: HttpAnswer,
  decoder: SseDecoder,
  position: StreamPosition,
  take: (text: string) => void,
): Promise<void> {
  try {
    for await (const chunk of answer.chunks()) {
      for (const event of decoder.decode(chunk)) {
        if (holdsMessage(event)) take(event.data);
      }
      advance(position, decoder);
    }
  } catch {
    // Whether to go on is decided from the position alone.
  }
}

function holdsMessage(event: SseEvent): boolean {
  return event.type === 'message' && event.data !== '';
}

function advance(position: StreamPosition, decoder: SseDecoder): void {
  position.retryMs = decoder.retryMs ?? position.retryMs;
  if (decoder.lastEventId === undefined || decoder.lastEventId === position.lastEventId) return;
  position.lastEventId = decoder.lastEventId;
  position.fruitless = 0;
}
