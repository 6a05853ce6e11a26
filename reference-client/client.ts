/** The client as its users see it. */
import type { JsonObject } from '../spec/messages.ts';
import type { Handlers } from './answering.ts';
import { type Conduct, conduct as conformingConduct } from './conduct.ts';
import { callTool, listTools, ping } from './features.ts';
import { Link, type Observer } from './link.ts';
import type { RequestOptions } from './requesting.ts';
import { fail, type Outcome, succeed } from './results.ts';
import { type Revision, SUPPORTED_REVISIONS, type SupportedRevisions } from './revisions.ts';
import type { Session } from './session.ts';
import { StreamableHttp } from './streamable-http.ts';

/** How a client is set up. */
export interface ClientOptions {
  /** The MCP endpoint. */
  url: string | URL;
  /** Headers for every HTTP request, such as Authorization; the protocol's own win over them. */
  headers?: Record<string, string>;
  /** The revision to propose; the newest supported one by default. */
  revision?: Revision;
  /** The revisions to accept, newest first; all that this client speaks by default. */
  supported?: SupportedRevisions;
  /** Serve the server's requests; their capabilities are declared. */
  handlers?: Handlers;
  /** The time limit of requests that name none, in milliseconds; 30,000 by default. */
  timeoutMs?: number;
  observer?: Observer;
  /** The steps the client decides by itself; replace one to make the client break one rule. */
  conduct?: Conduct;
}

const CLIENT_INFO = { name: 'mcp-assay-reference-client', version: '0.1.0' };
const USUAL_TIMEOUT_MS = 30_000;

/**
 * A client for one connection to one server: connect, use, close. No operation throws because of what a server does;
 * each resolves to an outcome that says what happened.
 */
export class ReferenceClient {
  readonly #link: Link;
  #isClosed = false;

  /** @throws TypeError when the URL is none */
  constructor(options: ClientOptions) {
    const { conduct = conformingConduct, headers = {}, supported = SUPPORTED_REVISIONS } = options;
    const url = new URL(options.url);
    this.#link = new Link(
      {
        conduct,
        handlers: options.handlers ?? {},
        clientInfo: CLIENT_INFO,
        revision: options.revision,
        supported,
        timeoutMs: options.timeoutMs ?? USUAL_TIMEOUT_MS,
        observer: options.observer ?? {},
      },
      (receiver) => new StreamableHttp({ url, headers, conduct, receiver }),
    );
  }

  /** The session in use: revision, session id, what the server said of itself. It changes when the server loses one. */
  get session(): Readonly<Session> | undefined {
    return this.#link.session;
  }

  /** Opens the session; after a failure the client is closed. */
  async connect(): Promise<Outcome<Readonly<Session>>> {
    if (this.#isClosed) return fail({ kind: 'not-connected' });
    if (this.#link.session) return succeed(this.#link.session);
    const opened = await this.#link.open();
    if (!opened.ok) await this.close();
    return opened;
  }

  /** Opens the GET stream; `not-offered` when the server has none (HTTP 405). */
  openStream(): Promise<Outcome<'listening' | 'not-offered'>> {
    return this.#link.listen();
  }

  /** All tools, from all pages. */
  listTools(options: RequestOptions = {}): Promise<Outcome<JsonObject[]>> {
    return listTools(this.#link, options);
  }

  /** Calls a tool; `args` are left out of the request when undefined. */
  callTool(name: string, args?: JsonObject, options: RequestOptions = {}): Promise<Outcome<JsonObject>> {
    return callTool(this.#link, name, args, options);
  }

  ping(options: RequestOptions = {}): Promise<Outcome<void>> {
    return ping(this.#link, options);
  }

  /** Ends the session. The connections are cut whatever the outcome. */
  close(): Promise<Outcome<void>> {
    this.#isClosed = true;
    return this.#link.close();
  }
}
