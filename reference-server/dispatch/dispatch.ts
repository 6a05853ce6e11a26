import type { JsonObject, JsonRpcRequest, JsonRpcResponse } from '../../spec/messages.ts';
import { ErrorCode, failure, ProtocolError, quoted, success } from '../envelope/error.ts';
import type { Handler, RequestContext } from './context.ts';

/** The methods a server answers. */
export type Methods = ReadonlyMap<string, Handler>;

/**
 * Answers one request by its handler. Whatever the handler does, there is one response with the request's id: its result,
 * its `ProtocolError`, or, for anything else it throws, an internal error that tells the peer nothing of the inside.
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
    if (error instanceof ProtocolError) return failure(id, error.code, error.message, error.data);
    if (!context.signal.aborted) context.log({ event: 'handler-failed', method, error: String(error) });
    return failure(id, ErrorCode.internalError, 'The server failed to handle this request.');
  }
}
