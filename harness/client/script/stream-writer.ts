import type { Json, JsonObject } from '../../../spec/messages.ts';
import type { HeaderPairs } from '../../wire/headers.ts';
import { isObject } from '../../wire/json-rpc.ts';
import { cutBytes } from './cut.ts';
import { eventText } from './event-text.ts';
import type { Plan, PlannedChunk } from './plan.ts';
import type { EventScript, StreamScript } from './server-script.ts';

/** Turns the streams of a script into chunks; knows which responses are still owed and what the client was asked. */
export class StreamWriter {
  readonly #owed = new Map<string, Json>();
  readonly #waiting: (() => void)[] = [];
  #asked = 0;
  #answered = 0;

  /** Notes the response to the latest request of a method, for a stream that may carry it later. */
  owe(method: string, response: Json): void {
    this.#owed.set(method, response);
  }

  /** Notes that the client has sent responses. */
  noteAnswers(count: number): void {
    this.#answered += count;
    if (this.#answered < this.#asked) return;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Settles when the client has sent as many responses as it got requests. */
  allAnswered(): Promise<void> {
    if (this.#answered >= this.#asked) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /**
   * The answer that carries a stream.
   *
   * @param response the response to the request under way, or undefined for a GET
   * @param issued headers of the session
   */
  plan(stream: StreamScript, response: Json | undefined, issued: HeaderPairs): Plan {
    const pieces = stream.events.map((event) => this.#piece({ ...stream.each, ...event }, stream, response));
    return {
      delay: 0,
      status: 200,
      headers: [['Content-Type', 'text/event-stream'], ['Cache-Control', 'no-store'], ...issued],
      chunks: chunked(pieces, stream),
      ending: stream.ending ?? 'complete',
    };
  }

  #piece(event: EventScript, stream: StreamScript, response: Json | undefined): Piece {
    const message = this.#messageOf(event, response);
    return {
      text: eventText(event, message, stream.newline ?? '\n'),
      wait: event.wait ?? 0,
      awaitsAnswers: event.awaitsAnswers ?? false,
    };
  }

  #messageOf(event: EventScript, response: Json | undefined): Json | undefined {
    if (event.response === true) return response;
    if (event.response !== undefined) return this.#owed.get(event.response);
    if (event.message === undefined) return undefined;
    const messages = [event.message].flat().map((message): JsonObject => ({ jsonrpc: '2.0', ...message }));
    this.#asked += messages.filter((message) => 'method' in message && 'id' in message).length;
    return isObject(event.message) ? messages[0] : messages;
  }
}

interface Piece {
  readonly text: string;
  readonly wait: number;
  readonly awaitsAnswers: boolean;
}

/** Cuts a stream into chunks; a pause between two events is always a border too. */
function chunked(pieces: readonly Piece[], stream: StreamScript): PlannedChunk[] {
  const cut = stream.cut ?? 'events';
  const groups: { texts: string[]; wait: number; awaitsAnswers: boolean }[] = [];
  for (const { text, wait, awaitsAnswers } of pieces) {
    const last = groups.at(-1);
    if (last && cut !== 'events' && wait === 0 && !awaitsAnswers) last.texts.push(text);
    else groups.push({ texts: [text], wait, awaitsAnswers });
  }
  return groups.flatMap(({ texts, wait, awaitsAnswers }, index) => {
    const text = (index === 0 && stream.bom ? '\uFEFF' : '') + texts.join('');
    return cutBytes(Buffer.from(text, 'utf8'), cut).map((bytes, at) =>
      at === 0 ? { bytes, wait, awaitsAnswers } : { bytes, wait: 0, awaitsAnswers: false },
    );
  });
}
