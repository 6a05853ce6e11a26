/** Answering the requests that servers send to clients. */
import type { JsonObject, JsonRpcError, JsonRpcMessage, JsonRpcRequest, JsonRpcResponse } from '../spec/messages.ts';
import { errorResponse, isRequest, successResponse } from './messages.ts';
import type { RevisionTraits } from './revisions.ts';

/** What a handler gives back: a result, or the JSON-RPC error to answer with. */
export type HandlerAnswer = { result: JsonObject } | { error: JsonRpcError };

/** Serves one kind of server request; `signal` fires when the server cancels the request or the client closes. */
export type Handler = (params: JsonObject, signal: AbortSignal) => HandlerAnswer | Promise<HandlerAnswer>;

/** The requests this client can serve; for each handler given, the capability is declared. */
export interface Handlers {
  'roots/list'?: Handler;
  'sampling/createMessage'?: Handler;
  'elicitation/create'?: Handler;
}

/** A request from the server cannot be served: the codes of JSON-RPC 2.0, section 5.1. */
const METHOD_NOT_FOUND = -32601;
const INVALID_PARAMS = -32602;
const INTERNAL_ERROR = -32603;

/**
 * The capabilities to declare at `initialize`: exactly what has a handler and exists in the revision.
 *
 * Source: basic/lifecycle#capability-negotiation, client/roots, client/sampling, client/elicitation.
 */
export function declaredCapabilities(handlers: Handlers, traits: RevisionTraits | undefined): JsonObject {
  return {
    ...(handlers['roots/list'] && { roots: {} }),
    ...(handlers['sampling/createMessage'] && { sampling: {} }),
    ...(handlers['elicitation/create'] && traits?.elicitation && { elicitation: traits.elicitation }),
  };
}

/**
 * The response to a message from the server; undefined for what gets none, which is everything but a request.
 *
 * Source: basic#messages; basic/utilities/ping#behavior-requirements.
 */
export async function reply(
  message: JsonRpcMessage,
  handlers: Handlers,
  traits: RevisionTraits | undefined,
  signal: AbortSignal,
): Promise<JsonRpcResponse | undefined> {
  if (!isRequest(message)) return undefined;
  if (message.method === 'ping') return successResponse(message.id, {});

  const handler = handlerFor(message.method, handlers, traits);
  if (!handler) {
    return errorResponse(message.id, { code: METHOD_NOT_FOUND, message: `Method not found: ${message.method}` });
  }
  const undeclared = undeclaredFeature(message);
  if (undeclared !== undefined) {
    return errorResponse(message.id, { code: INVALID_PARAMS, message: `The client did not declare ${undeclared}` });
  }
  try {
    const answer = await handler(message.params ?? {}, signal);
    return 'result' in answer ? successResponse(message.id, answer.result) : errorResponse(message.id, answer.error);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return errorResponse(message.id, { code: INTERNAL_ERROR, message: `Internal error: ${reason}` });
  }
}

function handlerFor(method: string, handlers: Handlers, traits: RevisionTraits | undefined): Handler | undefined {
  switch (method) {
    case 'roots/list':
    case 'sampling/createMessage':
      return handlers[method];
    case 'elicitation/create':
      return traits?.elicitation && handlers[method];
    default:
      return undefined;
  }
}

/**
 * The part of a request that would need a capability this client never declares: elicitation in a mode other than form
 * (client/elicitation#error-handling), sampling with tools (client/sampling#capabilities; schema.ts demands the error).
 */
function undeclaredFeature({ method, params }: JsonRpcRequest): string | undefined {
  if (method === 'elicitation/create' && params?.mode !== undefined && params.mode !== 'form') {
    return `elicitation in mode ${JSON.stringify(params.mode)}`;
  }
  if (method === 'sampling/createMessage' && (params?.tools !== undefined || params?.toolChoice !== undefined)) {
    return 'sampling.tools';
  }
  return undefined;
}
