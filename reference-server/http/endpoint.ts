import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JsonObject } from '../../spec/messages.ts';
import { originOf } from '../authorization/check-token.ts';
import { LEGACY_METADATA_PATH, metadataPath } from '../authorization/metadata.ts';
import { ErrorCode } from '../envelope/error.ts';
import { openConnection, takeMessage } from '../legacy-sse/endpoints.ts';
import { handleDelete } from './end.ts';
import { type Exchange, type Outcome, type Runtime, refusalReply } from './exchange.ts';
import { headOf, type RequestHead } from './head.ts';
import { handleGet } from './listen.ts';
import { handlePost } from './post.ts';
import { jsonReply, type Refusal, refuse } from './reply.ts';

/** Answers every HTTP request; the result settles when the answer is complete, or the stream of a GET is open. */
export type Endpoint = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Makes the MCP endpoint (2025-11-25, basic/transports, "Streamable HTTP"). */
export function createEndpoint(runtime: Runtime): Endpoint {
  return async (request, response) => {
    const head = headOf(request);
    logWhenOver(head, response, runtime);
    const outcome = await outcomeOf({ request, response, head }, runtime);
    if (outcome !== 'streaming') runtime.steps.http.writeReply(response, outcome);
  };
}

async function outcomeOf(exchange: Exchange, runtime: Runtime): Promise<Outcome> {
  try {
    const refusal = checkHead(exchange.head, runtime);
    return refusal === undefined ? await handle(exchange, runtime) : refusalReply(refusal, runtime);
  } catch (error) {
    runtime.log({ event: 'exchange-failed', error: String(error) });
    if (exchange.response.headersSent) exchange.response.destroy();
    return refusalReply(brokenDown, runtime);
  }
}

/** The checks that need no more than the head, in this order; the first that objects decides. */
function checkHead(head: RequestHead, { settings, steps: { http } }: Runtime): Refusal | undefined {
  return (
    http.checkFieldCount(head) ??
    http.checkPath(head, settings) ??
    http.checkMethod(head, settings) ??
    http.checkHost(head, settings) ??
    http.checkOrigin(head, settings) ??
    http.checkToken(head, settings) ??
    http.checkAccept(head, settings)
  );
}

/** What a server that wants tokens tells everybody at a path, if that is one of the paths where it does. */
function metadataAt(head: RequestHead, { settings, steps: { http } }: Runtime): JsonObject | undefined {
  const { authorization, path } = settings;
  if (!authorization) return undefined;
  if (head.path === metadataPath(path)) return http.resourceMetadata(`${originOf(head)}${path}`, authorization);
  return head.path === LEGACY_METADATA_PATH ? http.legacyMetadata(authorization) : undefined;
}

async function handle(exchange: Exchange, runtime: Runtime): Promise<Outcome> {
  const { path } = exchange.head;
  const document = metadataAt(exchange.head, runtime);
  if (document) return jsonReply(200, JSON.stringify(document));
  if (path === runtime.settings.ssePath) return openConnection(exchange, runtime);
  if (path === runtime.settings.messagePath) return takeMessage(exchange, runtime);
  if (exchange.head.method === 'GET') return handleGet(exchange, runtime);
  if (exchange.head.method === 'DELETE') return handleDelete(exchange, runtime);
  return handlePost(exchange, runtime);
}

const brokenDown = refuse(500, 'The server failed to handle this request.', { code: ErrorCode.internalError });

function logWhenOver({ method }: RequestHead, response: ServerResponse, { log }: Runtime): void {
  const started = performance.now();
  response.on('close', () => {
    const { headersSent, statusCode, writableFinished } = response;
    const status = headersSent ? statusCode : undefined;
    log({ event: 'http', method, status, complete: writableFinished, ms: Math.round(performance.now() - started) });
  });
}
