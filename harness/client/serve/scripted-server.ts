import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Limits } from '../../target/limits.ts';
import type { Recorder } from '../../trace/trace.ts';
import { joinBytes } from '../../wire/bytes.ts';
import type { HeaderPairs } from '../../wire/headers.ts';
import { plainPlan } from '../script/plan.ts';
import type { ScriptPlayer } from '../script/player.ts';
import { playPlan } from './play-plan.ts';

/** The path of the MCP endpoint; requests to other paths get 404. */
const PATH = '/mcp';

/** The harness as the server of one client case over Streamable HTTP: answers as the script says and records everything. */
export class ScriptedServer {
  readonly #server: Server;
  readonly #player: ScriptPlayer;
  readonly #recorder: Recorder;
  readonly #limits: Limits;
  readonly #over = new AbortController();
  /** Answers that are being written. */
  #busy = 0;
  #lastMove = performance.now();
  #arrivals = 0;
  #origin = '';
  readonly #open = new Set<number>();

  private constructor(player: ScriptPlayer, recorder: Recorder, limits: Limits) {
    this.#player = player;
    this.#recorder = recorder;
    this.#limits = limits;
    this.#server = createServer({ keepAlive: true }, (request, response) => this.#take(request, response));
    this.#server.requestTimeout = 0;
    this.#server.keepAliveTimeout = 0;
  }

  /** Starts to listen on a free port of the loopback interface. */
  static async start(player: ScriptPlayer, recorder: Recorder, limits: Limits): Promise<ScriptedServer> {
    const server = new ScriptedServer(player, recorder, limits);
    await new Promise<void>((resolve, reject) => {
      server.#server.once('error', reject);
      server.#server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.#server.address() as AddressInfo;
    server.#origin = `http://127.0.0.1:${port}`;
    return server;
  }

  /** The address of the MCP endpoint. */
  get url(): string {
    return this.#origin + PATH;
  }

  /**
   * Settles when nothing has come in for so many milliseconds, and nothing was left to write meanwhile.
   *
   * @param startMs how long to wait for the first request
   * @param ms how long to wait for any later one
   */
  async quiet(startMs: number, ms: number, over: AbortSignal): Promise<void> {
    while (!over.aborted) {
      const rest = (this.#arrivals ? ms : startMs) - (performance.now() - this.#lastMove);
      if (rest <= 0 && !this.#busy) return;
      await sleep(Math.min(Math.max(rest, 20), 100), undefined, { signal: over }).catch(() => undefined);
    }
  }

  /** Waits for what the client left in its sockets, at most the grace time, then ends every connection. */
  async close(): Promise<void> {
    const deadline = performance.now() + this.#limits.graceMs;
    while (performance.now() < deadline && (await this.#connections())) await sleep(10);
    this.#over.abort();
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.#server.closeAllConnections();
    await closed;
    for (const exchange of this.#open) this.#noteEnd(exchange);
  }

  #connections(): Promise<number> {
    return new Promise((resolve) => this.#server.getConnections((_, count) => resolve(count ?? 0)));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#lastMove = performance.now();
    this.#arrivals += 1;
    const body = await readBody(request, this.#limits.bodyBytes);
    if (!body || this.#over.signal.aborted) {
      response.destroy();
      return;
    }
    const exchange = this.#recorder.nextExchange();
    const { method = '', url = '' } = request;
    const headers = pairs(request.rawHeaders);
    this.#recorder.add({
      kind: 'request',
      exchange,
      client: 'a',
      step: null,
      method,
      url: this.#origin + url,
      headers,
      body,
    });
    this.#open.add(exchange);
    response.once('close', () => this.#noteEnd(exchange));
    const plan = url.split('?')[0] === PATH ? this.#player.plan({ method, headers, body }) : plainPlan(404, []);
    this.#busy += 1;
    await playPlan(plan, response, exchange, {
      recorder: this.#recorder,
      allAnswered: () => this.#player.allAnswered(),
      patienceMs: this.#limits.stepMs / 2,
      over: this.#over.signal,
    });
    this.#busy -= 1;
    this.#lastMove = performance.now();
  }

  /** Notes the end of an exchange that no plan has ended. */
  #noteEnd(exchange: number): void {
    this.#open.delete(exchange);
    const ended = this.#recorder.events.some((event) => event.kind === 'end' && event.exchange === exchange);
    if (ended) return;
    const how = this.#over.signal.aborted ? 'closed-by-harness' : 'broken';
    const detail = how === 'broken' ? { detail: 'the client closed the connection' } : {};
    this.#recorder.add({ kind: 'end', exchange, how, ...detail });
  }
}

/** The whole body of a request; null when it breaks off or grows past the limit. */
async function readBody(request: IncomingMessage, most: number): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const piece of request as AsyncIterable<Uint8Array>) {
      size += piece.length;
      if (size > most) return null;
      pieces.push(piece);
    }
  } catch {
    return null;
  }
  return Uint8Array.from(joinBytes(pieces));
}

function pairs(raw: readonly string[]): HeaderPairs {
  return raw.flatMap((name, at) => (at % 2 ? [] : [[name, raw[at + 1] ?? ''] as const]));
}
