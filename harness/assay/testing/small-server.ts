import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { JsonObject } from '../../../spec/messages.ts';
import { isObject } from '../../wire/json-rpc.ts';

/** What a small server does otherwise than it should, or needs. */
export interface SmallServerOptions {
  /** Revisions that it speaks, its favourite first. */
  readonly revisions?: readonly string[];
  /** Answers ping with a result that is not empty. */
  readonly wrongPing?: boolean;
  /** Answers ping with the Authorization header that it got, in body and headers, a few bytes at a time. */
  readonly leaky?: boolean;
  /** Text that the server calls itself. */
  readonly name?: string;
}

/** A server that listens on a port of its own. */
export interface SmallServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts an MCP server that knows initialize and ping and nothing else, without sessions, over Streamable HTTP. */
export async function startSmallServer(options: SmallServerOptions = {}): Promise<SmallServer> {
  const server = createServer((request, response) => {
    void answer(request, response, options);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not on a port');
  return {
    url: `http://127.0.0.1:${address.port}/mcp`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, options: SmallServerOptions): Promise<void> {
  let body = '';
  for await (const chunk of request) body += chunk;
  if (request.method !== 'POST') return void response.writeHead(405, { Allow: 'POST' }).end();
  const message = parse(body);
  if (!message || typeof message.method !== 'string') return void response.writeHead(400).end();
  if (message.id === undefined) return void response.writeHead(202).end();
  const reply = JSON.stringify({ jsonrpc: '2.0', id: message.id, ...resultOf(message, request, options) });
  const { authorization = '' } = request.headers;
  response.writeHead(200, {
    'Content-Type': 'application/json',
    ...(options.leaky && authorization ? { 'X-You-Sent': authorization } : {}),
  });
  for (let at = 0; at < reply.length; at += 7) response.write(reply.slice(at, at + 7));
  response.end();
}

function resultOf({ method, params }: JsonObject, request: IncomingMessage, options: SmallServerOptions): JsonObject {
  const { revisions = ['2025-11-25'], wrongPing, leaky, name = 'small' } = options;
  const { authorization = '' } = request.headers;
  if (method === 'initialize') {
    const asked = isObject(params) ? params.protocolVersion : undefined;
    const protocolVersion = typeof asked === 'string' && revisions.includes(asked) ? asked : (revisions[0] ?? '');
    return { result: { protocolVersion, capabilities: {}, serverInfo: { name, version: '1' } } };
  }
  if (method !== 'ping') return { error: { code: -32601, message: 'there is no such method' } };
  if (leaky) return { result: { youSent: authorization, twice: `${'x'.repeat(90)}${authorization}` } };
  return { result: wrongPing ? { pong: true } : {} };
}

function parse(body: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
  } catch {
    return null;
  }
}
