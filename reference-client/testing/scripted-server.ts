/** A small HTTP server on a loopback port that answers by a script, for the tests of the client. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { JsonObject } from '../../spec/messages.ts';

/** One HTTP request as the server got it. */
export interface Arrived {
  verb: string;
  headers: IncomingHttpHeaders;
  text: string;
  /** The body as a JSON object; empty when there is none. */
  message: JsonObject;
  /** The message's method, `response` when it is a response, otherwise the verb. */
  key: string;
}

/** Answers one HTTP request. */
export type Responder = (arrived: Arrived, response: ServerResponse) => void;

/** Responders by key. Of several, each answers once and the last one answers from then on. */
export type Script = Record<string, Responder | [Responder, ...Responder[]]>;

/** A running server. */
export interface ScriptedServer extends AsyncDisposable {
  url: string;
  arrived: Arrived[];
  /** The keys of all that arrived, in order. */
  keys(): string[];
  /** The requests of one key that have arrived so far. */
  of(key: string): Arrived[];
  /** Resolves with the nth request of a key, counted from 1, as soon as it has arrived. */
  arrival(key: string, nth?: number): Promise<Arrived>;
}

const SESSION = 'session-1';

/** What a server does that a test does not care about: one session, tools, no GET stream. */
const ORDINARY: Script = {
  initialize: (arrived, response) => {
    const { protocolVersion } = arrived.message.params as JsonObject;
    response.setHeader('Mcp-Session-Id', SESSION);
    result(initializeResult(String(protocolVersion)))(arrived, response);
  },
  response: status(202),
  ping: result({}),
  'tools/list': result({ tools: [{ name: 'echo', inputSchema: { type: 'object' } }] }),
  'tools/call': result({ content: [] }),
  GET: status(405),
  DELETE: status(200),
};

/** Starts a server; the script takes the place of what an ordinary server would do. */
export async function scriptedServer(script: Script = {}): Promise<ScriptedServer> {
  const arrived: Arrived[] = [];
  const waiting: (() => void)[] = [];
  const of = (key: string) => arrived.filter((one) => one.key === key);

  const server = createServer(async (request, response) => {
    const one = await arrivedFrom(request);
    arrived.push(one);
    for (const check of waiting) check();
    const entry = script[one.key] ?? ORDINARY[one.key] ?? status(one.key.startsWith('notifications/') ? 202 : 500);
    const responders = Array.isArray(entry) ? entry : [entry];
    responders[Math.min(of(one.key).length, responders.length) - 1]?.(one, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');

  return {
    url: `http://127.0.0.1:${address.port}/mcp`,
    arrived,
    keys: () => arrived.map(({ key }) => key),
    of,
    arrival: (key, nth = 1) =>
      new Promise((resolve) => {
        const check = () => {
          const found = of(key)[nth - 1];
          if (found) resolve(found);
        };
        waiting.push(check);
        check();
      }),
    [Symbol.asyncDispose]: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function arrivedFrom(request: IncomingMessage): Promise<Arrived> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  const message: JsonObject = text === '' ? {} : JSON.parse(text);
  const verb = request.method ?? '';
  const key = text === '' ? verb : typeof message.method === 'string' ? message.method : 'response';
  return { verb, headers: request.headers, text, message, key };
}

/** The result of `initialize`, of a server with tools. */
export function initializeResult(protocolVersion: string, capabilities: JsonObject = { tools: {} }): JsonObject {
  return { protocolVersion, capabilities, serverInfo: { name: 'scripted', version: '1' } };
}

/** The text of a success response to a request. */
export function responseTo(arrived: Arrived, result: JsonObject): string {
  return JSON.stringify({ jsonrpc: '2.0', id: arrived.message.id, result });
}

/** Answers with a result in a JSON body. */
export function result(result: JsonObject): Responder {
  return (arrived, response) => body(200, 'application/json', responseTo(arrived, result))(arrived, response);
}

/** Answers with a JSON-RPC error in a JSON body. */
export function error(error: JsonObject, httpStatus = 200): Responder {
  return (arrived, response) => {
    const text = JSON.stringify({ jsonrpc: '2.0', id: arrived.message.id, error });
    body(httpStatus, 'application/json', text)(arrived, response);
  };
}

/** Answers with a status and no body. */
export function status(httpStatus: number): Responder {
  return (_, response) => {
    response.writeHead(httpStatus).end();
  };
}

/** Answers with this body. */
export function body(httpStatus: number, contentType: string, text: string): Responder {
  return (_, response) => {
    response.writeHead(httpStatus, { 'Content-Type': contentType }).end(text);
  };
}

/** Answers with an event stream of this text, and ends it. */
export function stream(text: (arrived: Arrived) => string): Responder {
  return (arrived, response) => openStream(response, text(arrived)).end();
}

/** Begins an event stream that stays open. */
export function openStream(response: ServerResponse, text = ''): ServerResponse {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
  if (text !== '') response.write(text);
  return response;
}

/** Never answers. */
export const silence: Responder = () => {};

/** One event that holds a message. */
export function event(message: JsonObject | string, id?: string): string {
  const data = typeof message === 'string' ? message : JSON.stringify({ jsonrpc: '2.0', ...message });
  return `${id === undefined ? '' : `id: ${id}\n`}data: ${data}\n\n`;
}
