import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { Agent, type Dispatcher } from 'undici';
import { onTestFinished, vi } from 'vitest';
import type { Json, JsonObject } from '../../spec/messages.ts';
import { isObject } from '../envelope/message.ts';
import { type ReferenceServerOptions, type RunningReferenceServer, startReferenceServer } from '../index.ts';

// A busy machine is no failure: what hangs is found out all the same.
vi.setConfig({ testTimeout: 60_000 });

/** The header fields that a correct client sends with a POST. */
export const postHeaders = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
};

/** A user service that is not there: for tests that need none. */
export const nowhere = 'http://127.0.0.1:9';

/** A complete HTTP answer. */
export interface Answered {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

export type HeaderFields = Record<string, string | string[]>;

/** Speaks to one server, byte for byte as told. */
export class Driver {
  readonly server: RunningReferenceServer;
  readonly log: { event: string; [detail: string]: unknown }[];
  readonly #agent = new Agent({ headersTimeout: 0, bodyTimeout: 0, connections: 100 });

  constructor(server: RunningReferenceServer, log: Driver['log']) {
    this.server = server;
    this.log = log;
  }

  /** Sends a request and gives the answer as soon as its head is there; the body can be read as it comes. */
  begin(
    method: string,
    headers: HeaderFields,
    body?: string | Buffer,
    path = '/mcp',
    signal?: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    const { origin } = new URL(this.server.url);
    const options = { origin, path, headers, body: body ?? null, signal: signal ?? null };
    return this.#agent.request({ ...options, method: method as Dispatcher.HttpMethod });
  }

  async request(method: string, headers: HeaderFields, body?: string | Buffer, path?: string): Promise<Answered> {
    const { statusCode, headers: fields, body: content } = await this.begin(method, headers, body, path);
    return { status: statusCode, headers: fields, text: await content.text() };
  }

  post(message: unknown, headers: HeaderFields = {}): Promise<Answered> {
    return this.request('POST', { ...postHeaders, ...headers }, JSON.stringify(message));
  }

  /** Opens a session; gives the fields that requests of it need. */
  async openSession(revision = '2025-11-25'): Promise<{ 'mcp-session-id': string; 'mcp-protocol-version': string }> {
    const { headers } = await this.post(initialize(revision));
    const session = {
      'mcp-session-id': String(headers['mcp-session-id']),
      'mcp-protocol-version': revision,
    };
    await this.post({ jsonrpc: '2.0', method: 'notifications/initialized' }, session);
    return session;
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }
}

/** Starts a server for the length of a test. */
export async function drive(options: Partial<ReferenceServerOptions> = {}): Promise<Driver> {
  const log: Driver['log'] = [];
  const record = (entry: object) => log.push(entry as Driver['log'][number]);
  const server = await startReferenceServer({ userServiceUrl: nowhere, log: record, ...options });
  const driver = new Driver(server, log);
  onTestFinished(async () => {
    await driver.close();
    await server.close();
  });
  return driver;
}

/** A correct `initialize`. */
export function initialize(revision = '2025-11-25', id: string | number = 'init'): JsonObject {
  const params = { protocolVersion: revision, capabilities: {}, clientInfo: { name: 'test', version: '1' } };
  return { jsonrpc: '2.0', id, method: 'initialize', params };
}

/** A call of a tool; `more` goes into the params. */
export function call(id: string | number, name: string, args: JsonObject = {}, more: JsonObject = {}): JsonObject {
  return { jsonrpc: '2.0', id, method: 'tools/call', params: { name, arguments: args, ...more } };
}

/** The body of an answer as a JSON object. */
export function objectIn({ text }: Answered): JsonObject {
  const value: Json = JSON.parse(text);
  if (!isObject(value)) throw new TypeError(`not a JSON object: ${text}`);
  return value;
}

/** The code of the error in a response. */
export function codeIn(answered: Answered): Json | undefined {
  const { error } = objectIn(answered);
  return isObject(error) ? error.code : undefined;
}

/** The events of a whole stream, read by a parser that is not ours. */
export function eventsIn(text: string): EventSourceMessage[] {
  const events: EventSourceMessage[] = [];
  createParser({ onEvent: (event) => events.push(event) }).feed(text);
  return events;
}

/** The messages of a whole stream, without the events that carry none. */
export function messagesIn(text: string): JsonObject[] {
  return eventsIn(text)
    .filter(({ data }) => data !== '')
    .map(({ data }) => JSON.parse(data));
}

/** A stream that can be read while it is open. */
export class OpenStream {
  #text = '';
  readonly #ended: Promise<string>;
  readonly #waiting = new Set<() => void>();

  constructor({ body }: Dispatcher.ResponseData) {
    this.#ended = new Promise((resolve, reject) => {
      body.on('data', (chunk: Buffer) => {
        this.#text += chunk.toString();
        for (const look of this.#waiting) look();
      });
      body.on('end', () => resolve(this.#text));
      body.on('error', reject);
    });
    // Whoever wants to know asks for the end.
    this.#ended.catch(() => {});
  }

  /** All that has come so far. */
  get text(): string {
    return this.#text;
  }

  /** Settles when a text has come. */
  seen(text: string): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!this.#text.includes(text)) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** The whole text, once the stream has ended. */
  end(): Promise<string> {
    return this.#ended;
  }
}
