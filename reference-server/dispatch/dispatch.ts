import type { JsonObject, JsonRpcRequest, JsonRpcResponse } from '../../spec/messages.ts';
import { ClientFailed, InputRequired } from '../client/ask.ts';
import { ErrorCode, failure, ProtocolError, quoted, success } from '../envelope/error.ts';
import type { Handler, RequestContext } from './context.ts';

/** The methods a server answers. */
export type Methods = ReadonlyMap<string, Handler>;

/**
 * Answers one request by its handler. Whatever the handler does, there is one response with the request's id: its result,
 * what it asks the client first, its `ProtocolError`, or, for anything else it throws, an internal error that tells the peer nothing of the inside.
 */
export async function dispatch(
  request: JsonRpcRequest,
  methods: Methods,
  context: RequestContext,
): Promise<JsonRpcResponse> {
  const { id, method } = request;
  const handler = methods.get(method);
  if (handler === undefined) return failure(id, ErrorCode.methodNotFound, `There is no method ${quoted(method)}.`);
  try {
    const params: JsonObject = request.params ?? {};
    return success(id, await handler(params, context));
  } catch (error) {
    return failed(request, error, context);
  }
}

function failed({ id, method }: JsonRpcRequest, error: unknown, context: RequestContext): JsonRpcResponse {
  if (error instanceof InputRequired) return success(id, error.result);
  if (error instanceof ProtocolError) return failure(id, error.code, error.message, error.data);
  if (error instanceof ClientFailed) return failure(id, ErrorCode.internalError, error.message);
  if (!context.signal.aborted) context.log({ event: 'handler-failed', method, error: String(error) });
  return failure(id, ErrorCode.internalError, 'The server failed to handle this request.');
}
