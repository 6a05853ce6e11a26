import { setTimeout as sleep } from 'node:timers/promises';
import { isObject } from '../../../harness/wire/json-rpc.ts';
import type { Json, JsonObject } from '../../../spec/messages.ts';
import { type Heard, readEvents } from './sse-lines.ts';

const SUPPORTED = ['2025-11-25', '2025-06-18', '2025-03-26'];

/** A session came to its end while a request was under way. */
class SessionLost extends Error {}

/**
 * A client that is small enough to be seen through: it opens, does the actions it is told, closes. Each step is a method of
 * its own, so that a client with one fault is this one with one method replaced.
 */
export class TinyClient {
  protected readonly url: string;
  protected readonly actions: readonly JsonObject[];
  protected readonly stopped: AbortSignal;
  protected version: string;
  protected agreed: string | null = null;
  protected session: string | null = null;
  protected capabilities: JsonObject = {};
  protected retryMs = 100;
  #ids = 0;

  constructor(url: string, context: JsonObject, stopped: AbortSignal) {
    this.url = url;
    this.stopped = stopped;
    this.version = typeof context.revision === 'string' ? context.revision : '2025-11-25';
    const usual: Json[] = [{ do: 'list-tools' }];
    this.actions = (Array.isArray(context.actions) ? context.actions : usual).filter(isObject);
  }

  async run(): Promise<void> {
    if (!(await this.open())) return;
    for (const action of this.actions) await this.perform(action);
    await this.close();
  }

  protected async open(): Promise<boolean> {
    const answer = await this.call('initialize', this.initializeParams());
    const { result } = answer;
    if (!isObject(result) || !this.accepts(String(result.protocolVersion))) return false;
    this.agreed = String(result.protocolVersion);
    this.capabilities = isObject(result.capabilities) ? result.capabilities : {};
    await this.confirm();
    return true;
  }

  protected accepts(version: string): boolean {
    return SUPPORTED.includes(version);
  }

  protected initializeParams(): JsonObject {
    return { protocolVersion: this.version, capabilities: {}, clientInfo: { name: 'tiny', version: '1' } };
  }

  protected confirm(): Promise<unknown> {
    return this.post({ jsonrpc: '2.0', method: 'notifications/initialized' });
  }

  protected async perform(action: JsonObject): Promise<void> {
    try {
      await this.attempt(action);
    } catch (error) {
      if (!(error instanceof SessionLost) || !(await this.reopen())) throw error;
      await this.attempt(action);
    }
  }

  protected async attempt(action: JsonObject): Promise<void> {
    switch (action.do) {
      case 'list-tools':
        return this.usesTools() ? this.listTools() : undefined;
      case 'call-tool':
        await this.call('tools/call', { name: action.name ?? '', arguments: action.arguments ?? {} });
        return;
      case 'ping':
        await this.call('ping');
        return;
      case 'open-stream':
        return this.openStream();
      default:
    }
  }

  /** After 404: a new session, opened without the id of the old one. */
  protected reopen(): Promise<boolean> {
    this.session = null;
    this.agreed = null;
    return this.open();
  }

  protected usesTools(): boolean {
    return 'tools' in this.capabilities;
  }

  protected async listTools(): Promise<void> {
    let page = await this.call('tools/list');
    while (isObject(page.result) && this.hasMore(page.result)) {
      page = await this.call('tools/list', { cursor: this.cursorFrom(String(page.result.nextCursor)) });
    }
  }

  protected hasMore(page: JsonObject): boolean {
    return page.nextCursor !== undefined;
  }

  protected cursorFrom(nextCursor: string): string {
    return nextCursor;
  }

  protected async openStream(): Promise<void> {
    const response = await this.fetch('GET', { Accept: this.acceptOfGet() });
    if (!response.ok) return;
    // the stream is read beside all else, until one of both sides ends it
    this.readStream(response, null).catch(() => undefined);
  }

  protected async close(): Promise<void> {
    if (this.session !== null) await this.fetch('DELETE', {});
  }

  protected nextId(): Json {
    this.#ids += 1;
    return this.#ids;
  }

  /** Sends a request and waits for its response. */
  protected async call(method: string, params?: JsonObject): Promise<JsonObject> {
    const id = this.nextId();
    const response = await this.post({ jsonrpc: '2.0', id, method, ...(params ? { params } : {}) });
    if (method === 'initialize') this.session = response.headers.get('mcp-session-id');
    if (response.status === 404 && this.session !== null) throw new SessionLost(`the session of ${method} is lost`);
    const answer = await this.readAnswer(response, id);
    if (!answer) throw new Error(`${method} got no response (HTTP ${response.status})`);
    return answer;
  }

  protected readAnswer(response: Response, id: Json): Promise<JsonObject | null> {
    const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
    if (type === 'text/event-stream') return this.readStream(response, id);
    return type === 'application/json' ? this.readJson(response, id) : Promise.resolve(null);
  }

  protected async readJson(response: Response, id: Json): Promise<JsonObject | null> {
    return this.take(await response.text(), id);
  }

  /** Reads a stream until the response to an id has come; comes back for the rest when it ends before. */
  protected async readStream(response: Response, id: Json): Promise<JsonObject | null> {
    let last: string | null = null;
    const heard = {
      retry: (ms: number) => this.noteRetry(ms),
      id: (seen: string) => {
        last = seen;
      },
    };
    for (let stream = response; ; ) {
      try {
        for await (const { data } of this.events(stream, heard)) {
          const answer = await this.take(data, id);
          if (answer) return answer;
        }
      } catch (error) {
        if (this.stopped.aborted || last === null) throw error;
      }
      if (id === null || last === null || !this.comesBack()) return null;
      await sleep(this.retryMs, undefined, { signal: this.stopped });
      stream = await this.fetch('GET', { Accept: this.acceptOfGet(), ...this.resumption(last) });
      if (!stream.ok) return null;
    }
  }

  protected noteRetry(ms: number): void {
    this.retryMs = ms;
  }

  protected comesBack(): boolean {
    return true;
  }

  protected resumption(last: string): { [name: string]: string } {
    return { 'Last-Event-ID': last };
  }

  protected events(response: Response, heard: Heard): AsyncIterable<{ readonly data: string }> {
    return readEvents(response.body ?? nothing(), heard);
  }

  /** Takes a message or a batch; gives the response to an id if it is there. */
  protected async take(text: string, id: Json): Promise<JsonObject | null> {
    const value: Json = JSON.parse(text);
    let answer: JsonObject | null = null;
    for (const message of [value].flat().filter(isObject)) {
      if (typeof message.method === 'string') await this.heed(message);
      else if (message.id === id) answer = message;
    }
    return answer;
  }

  /** Takes a request or notification of the server. */
  protected async heed(message: JsonObject): Promise<void> {
    if (message.id === undefined) return;
    const said = message.method === 'ping' ? this.pong() : this.unknown(String(message.method));
    if (said) await this.post({ jsonrpc: '2.0', id: this.answerId(message.id), ...said });
  }

  protected pong(): JsonObject | null {
    return { result: {} };
  }

  protected unknown(_method: string): JsonObject | null {
    return { error: { code: -32601, message: 'This client does not have that method' } };
  }

  protected answerId(id: Json): Json {
    return id;
  }

  protected post(message: JsonObject): Promise<Response> {
    const headers = { Accept: this.acceptOfPost(), 'Content-Type': 'application/json' };
    return this.fetch('POST', headers, this.encode(message));
  }

  protected acceptOfPost(): string {
    return 'application/json, text/event-stream';
  }

  protected acceptOfGet(): string {
    return 'text/event-stream';
  }

  protected encode(message: JsonObject): string {
    return JSON.stringify(message);
  }

  protected fetch(method: string, headers: { [name: string]: string }, body?: string): Promise<Response> {
    const all = { ...headers, ...this.sessionHeaders(), ...this.versionHeaders() };
    return fetch(this.url, { method, headers: all, signal: this.stopped, ...(body === undefined ? {} : { body }) });
  }

  protected sessionHeaders(): { [name: string]: string } {
    return this.session === null ? {} : { 'Mcp-Session-Id': this.session };
  }

  protected versionHeaders(): { [name: string]: string } {
    return this.agreed === null || this.agreed === '2025-03-26' ? {} : { 'MCP-Protocol-Version': this.agreed };
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
