import { describe, expect, it } from 'vitest';
import { isObject } from '../../harness/wire/json-rpc.ts';
import type { Json, JsonObject } from '../../spec/messages.ts';
import type { Revision } from '../../spec/revisions.ts';
import { findIn, isFirstExample } from './testing/found.ts';
import { inProcess } from './testing/in-process.ts';
import { type Heard, readEvent } from './testing/sse-lines.ts';
import { TinyClient } from './testing/tiny-client.ts';

/** A client with one fault, and all that it must be blamed for. */
interface Wrong {
  readonly fault: string;
  readonly client: typeof TinyClient;
  readonly blamed: readonly string[];
  /** Cases to run besides the first example of each. */
  readonly cases?: RegExp;
  readonly revision?: Revision;
}

const wrong: readonly Wrong[] = [
  {
    fault: 'accepts JSON only',
    blamed: ['fail http.accept.post'],
    client: class extends TinyClient {
      protected override acceptOfPost() {
        return 'application/json';
      }
    },
  },
  {
    fault: 'sends GET with any Accept',
    blamed: ['fail http.get.accept'],
    client: class extends TinyClient {
      protected override acceptOfGet() {
        return 'text/html';
      }
    },
  },
  {
    fault: 'makes ids texts in its answers',
    blamed: ['fail jsonrpc.result.same-id'],
    cases: /client\.ping\.answered/,
    client: class extends TinyClient {
      protected override answerId(id: Json) {
        return String(id);
      }
    },
  },
  {
    fault: 'takes a ping with id 0 for a notification',
    blamed: ['fail ping.respond'],
    cases: /client\.ping\.answered/,
    client: class extends TinyClient {
      protected override async heed(message: JsonObject) {
        if (message.id) await super.heed(message);
      }
    },
  },
  {
    fault: 'leaves pings unanswered',
    blamed: ['fail ping.respond'],
    client: class extends TinyClient {
      protected override pong() {
        return null;
      }
    },
  },
  {
    fault: 'answers pings with a text',
    blamed: ['fail ping.respond'],
    client: class extends TinyClient {
      protected override pong() {
        return { result: { pong: true } };
      }
    },
  },
  {
    fault: 'leaves unknown requests unanswered',
    blamed: ['fail jsonrpc.follows-2.0'],
    client: class extends TinyClient {
      protected override unknown(method: string) {
        return method === 'assay/unknown-method' ? null : super.unknown(method);
      }
    },
  },
  {
    fault: 'refuses roots with a code of its own',
    blamed: ['warn roots.unsupported-32601'],
    client: class extends TinyClient {
      protected override unknown(method: string) {
        return method === 'roots/list' ? { error: { code: -1, message: 'No' } } : super.unknown(method);
      }
    },
  },
  {
    fault: 'answers notifications',
    blamed: ['fail jsonrpc.notification.no-response'],
    client: class extends TinyClient {
      protected override async heed(message: JsonObject) {
        if (message.id !== undefined) await super.heed(message);
        else if (message.method === 'notifications/assay/unknown')
          await this.post({ jsonrpc: '2.0', id: 0, result: {} });
      }
    },
  },
  {
    fault: 'forgets the session id',
    blamed: ['fail session.client-includes'],
    client: class extends TinyClient {
      protected override sessionHeaders() {
        return {};
      }
      protected override async close() {
        if (this.session === null) return;
        await fetch(this.url, {
          method: 'DELETE',
          headers: { 'Mcp-Session-Id': this.session, ...this.versionHeaders() },
          signal: this.stopped,
        });
      }
    },
  },
  {
    fault: 'names no version in its requests',
    blamed: ['fail http.protocol-version.client-sends'],
    client: class extends TinyClient {
      protected override versionHeaders() {
        return {};
      }
    },
  },
  {
    fault: 'names its newest version, whatever was agreed on',
    blamed: ['warn http.protocol-version.negotiated'],
    client: class extends TinyClient {
      protected override versionHeaders() {
        return this.agreed === null ? {} : { 'MCP-Protocol-Version': '2025-11-25' };
      }
    },
  },
  {
    fault: 'never says that it is ready',
    blamed: ['fail lifecycle.init.initialized-notification'],
    client: class extends TinyClient {
      protected override async confirm() {}
    },
  },
  {
    fault: 'says before initialize that it is ready',
    blamed: ['fail lifecycle.init.first'],
    client: class extends TinyClient {
      protected override async open() {
        if (this.agreed === null && !this.session) await this.confirm();
        return super.open();
      }
      protected override reopen() {
        this.session = null;
        return super.open();
      }
    },
  },
  {
    fault: 'does not say who it is',
    blamed: ['fail lifecycle.init.client-request'],
    client: class extends TinyClient {
      protected override initializeParams() {
        const { clientInfo: _, ...rest } = super.initializeParams();
        return rest;
      }
    },
  },
  {
    fault: 'asks for tools before initialize is answered',
    blamed: ['warn lifecycle.init.client-no-early-requests'],
    client: class extends TinyClient {
      protected override async open() {
        const opening = super.open();
        const early = this.post({ jsonrpc: '2.0', id: 'early', method: 'tools/list' });
        await early;
        return opening;
      }
    },
  },
  {
    fault: 'goes on with a version that it does not know',
    blamed: ['warn version.init.client-disconnects'],
    client: class extends TinyClient {
      protected override accepts() {
        return true;
      }
    },
  },
  {
    fault: 'goes on when it is refused',
    blamed: ['warn lifecycle.errors.prepared'],
    client: class extends TinyClient {
      protected override async open() {
        const opened = await super.open().catch(() => false);
        if (!opened && this.agreed === null && this.session === null) await this.call('tools/list').catch(() => null);
        return opened;
      }
      protected override accepts(version: string) {
        // it is strict with versions, so that nothing else is wrong with it
        const supported = super.accepts(version);
        if (!supported) this.agreed = version;
        return supported;
      }
    },
  },
  {
    fault: 'uses tools that are not offered',
    blamed: ['warn lifecycle.op.negotiated-capabilities'],
    client: class extends TinyClient {
      protected override usesTools() {
        return true;
      }
    },
  },
  {
    fault: 'sends a batch where there are none',
    blamed: ['fail http.post.single-message'],
    client: class extends TinyClient {
      protected override encode(message: JsonObject) {
        const text = super.encode(message);
        return message.method === 'notifications/initialized' ? `[${text}]` : text;
      }
    },
  },
  {
    fault: 'sends initialize in a batch',
    revision: '2025-03-26',
    blamed: ['fail lifecycle.init.not-in-batch'],
    client: class extends TinyClient {
      protected override encode(message: JsonObject) {
        const text = super.encode(message);
        return message.method === 'initialize' && this.actions.length > 2
          ? text
          : `${message.method === 'initialize' ? `[${text}]` : text}`;
      }
    },
  },
  {
    fault: 'does not read batches',
    revision: '2025-03-26',
    blamed: ['fail jsonrpc.batch.receive'],
    client: class extends TinyClient {
      protected override async take(text: string, id: Json) {
        return text.startsWith('[') ? null : super.take(text, id);
      }
    },
  },
  {
    fault: 'uses one id for all requests',
    blamed: ['fail jsonrpc.request.id-unique-session'],
    client: class extends TinyClient {
      protected override nextId() {
        return 1;
      }
    },
  },
  {
    fault: 'uses null as an id',
    blamed: ['fail jsonrpc.request.id-not-null'],
    client: class extends TinyClient {
      protected override encode(message: JsonObject) {
        return super.encode(message.method === 'tools/call' ? { ...message, id: null } : message);
      }
      protected override async take(text: string, id: Json) {
        const answer = await super.take(text, id);
        return answer ?? super.take(text, null);
      }
    },
  },
  {
    fault: 'uses a fraction as an id',
    blamed: ['fail jsonrpc.request.id-type'],
    client: class extends TinyClient {
      protected override nextId() {
        return Number(super.nextId()) + 0.5;
      }
    },
  },
  {
    fault: 'leaves out the version of JSON-RPC',
    blamed: ['fail jsonrpc.follows-2.0'],
    client: class extends TinyClient {
      protected override encode({ jsonrpc: _, ...message }: JsonObject) {
        return JSON.stringify(message);
      }
    },
  },
  {
    fault: 'puts an id on a notification',
    blamed: ['fail jsonrpc.notification.no-id'],
    client: class extends TinyClient {
      protected override encode(message: JsonObject) {
        return super.encode(message.method === 'notifications/initialized' ? { ...message, id: 'ready' } : message);
      }
    },
  },
  {
    fault: 'sends params of another type',
    blamed: ['fail jsonrpc.schema'],
    client: class extends TinyClient {
      protected override encode(message: JsonObject) {
        const { params } = message;
        const listed = message.method === 'tools/call' && isObject(params) ? { ...params, arguments: [] } : params;
        return super.encode(listed === undefined ? message : { ...message, params: listed });
      }
    },
  },
  {
    fault: 'trims cursors',
    blamed: ['fail page.opaque'],
    cases: /client\.pagination/,
    client: class extends TinyClient {
      protected override cursorFrom(nextCursor: string) {
        return nextCursor.trim();
      }
    },
  },
  {
    fault: 'takes an empty page for the last',
    blamed: ['fail page.no-fixed-size'],
    client: class extends TinyClient {
      protected override hasMore(page: JsonObject) {
        return super.hasMore(page) && Array.isArray(page.tools) && page.tools.length > 0;
      }
    },
  },
  {
    fault: 'cancels its initialize request',
    blamed: ['fail cancel.not-initialize'],
    client: class extends TinyClient {
      protected override async confirm() {
        await super.confirm();
        await this.post({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } });
      }
    },
  },
  {
    fault: 'leaves without ending its session',
    blamed: ['warn session.client-delete'],
    client: class extends TinyClient {
      protected override async close() {}
    },
  },
  {
    fault: 'opens no new session after 404',
    blamed: ['fail session.client-reinit-on-404'],
    client: class extends TinyClient {
      protected override async reopen() {
        return false;
      }
    },
  },
  {
    fault: 'does not come back for its response',
    blamed: ['warn sse.poll.client-reconnect'],
    client: class extends TinyClient {
      protected override comesBack() {
        return false;
      }
    },
  },
  {
    fault: 'does not heed retry',
    blamed: ['fail sse.poll.respect-retry'],
    client: class extends TinyClient {
      protected override noteRetry() {}
    },
  },
  {
    fault: 'comes back without the id of the last event',
    blamed: ['warn sse.resume.client-get'],
    client: class extends TinyClient {
      protected override resumption() {
        return {};
      }
    },
  },
  {
    fault: 'parts events at two line feeds only',
    blamed: ['fail http.post.client-both-content-types', 'warn http.post.client-both-content-types'],
    cases: /client\.sse\.lines-and-chunks\/crlf$/,
    client: class extends TinyClient {
      protected override async *events(response: Response, heard: Heard) {
        let text = '';
        for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
          const events = (text + piece).split('\n\n');
          text = events.pop() ?? '';
          for (const event of events) {
            const read = readEvent(event.split('\n'), heard);
            if (read.data !== '' && (read.name === '' || read.name === 'message')) yield read;
          }
        }
      }
    },
  },
  {
    fault: 'reads JSON only',
    blamed: ['fail http.post.client-both-content-types'],
    client: class extends TinyClient {
      protected override readAnswer(response: Response, id: Json) {
        return this.readJson(response, id);
      }
    },
  },
  {
    fault: 'reads event streams only',
    blamed: ['fail http.post.client-both-content-types'],
    client: class extends TinyClient {
      protected override readAnswer(response: Response, id: Json) {
        return this.readStream(response, id);
      }
    },
  },
  {
    fault: 'decodes each chunk by itself',
    blamed: ['fail http.post.client-both-content-types'],
    cases: /client\.sse\.lines-and-chunks\/cut-within-characters/,
    client: class extends TinyClient {
      protected override events(response: Response, heard: Heard) {
        const through = new TransformStream<Uint8Array, Uint8Array>({
          transform: (chunk, controller) =>
            controller.enqueue(Buffer.from(Buffer.from(chunk).toString('utf8'), 'utf8')),
        });
        return super.events(new Response(response.body?.pipeThrough(through) ?? null), heard);
      }
    },
  },
];

describe('a client with one fault is blamed for that and nothing else', () => {
  it.concurrent.each(wrong)(
    '$fault',
    async ({ client: Client, blamed, cases = /^$/, revision = '2025-11-25' }) => {
      const start = inProcess(({ url, context }, stopped) => new Client(url, context, stopped).run());
      const found = await findIn(start, {
        revision,
        caseFilter: (id) => isFirstExample(id) || cases.test(id),
      });
      expect(found, found.findings.join('\n')).toMatchObject({ rootCause: null, blamed: [...blamed].sort() });
    },
    120_000,
  );
});
