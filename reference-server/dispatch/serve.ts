import type { JsonRpcRequest, JsonRpcResponse } from '../../spec/messages.ts';
import { ErrorCode, failure, ProtocolError } from '../envelope/error.ts';
import type { Log } from '../log.ts';
import type { Steps } from '../steps.ts';
import type { Outlet, RequestContext } from './context.ts';
import type { Methods } from './dispatch.ts';
import type { Flight, StopReason } from './in-flight.ts';

/** What serving a request needs beside the request. */
export interface Serving {
  flight: Flight;
  methods: Methods;
  /** Who asks, and by which rules. */
  from: Pick<RequestContext, 'revision' | 'client'>;
  outlet: Outlet;
  dispatch: Steps['dispatch'];
  log: Log;
}

/**
 * Serves a request in flight until it is answered or stopped; undefined when no answer is wanted. Its progress ends with
 * it.
 */
export async function serve(request: JsonRpcRequest, serving: Serving): Promise<JsonRpcResponse | undefined> {
  const { flight, methods, from, outlet, dispatch, log } = serving;
  let silence = () => {};
  try {
    const token = dispatch.progressToken(request.params ?? {});
    const reporter = dispatch.reporterOf(token, outlet, dispatch.progressNotification);
    silence = reporter.stop;
    const context: RequestContext = { ...from, signal: flight.signal, progress: reporter.report, log };
    // A handler that does not heed the signal must not keep the client waiting.
    const response = await Promise.race([dispatch.dispatch(request, methods, context), flight.stopped]);
    return flight.reason === undefined ? response : dispatch.responseToStopped(request, flight.reason);
  } catch (error) {
    if (error instanceof ProtocolError) return failure(request.id, error.code, error.message, error.data);
    throw error;
  } finally {
    silence();
    flight.finish();
  }
}

/**
 * The answer to a request that was stopped. A client that cancelled it wants none (2025-11-25,
 * basic/utilities/cancellation, "Behavior Requirements"); one that did not deserves to know.
 */
export function responseToStopped({ id }: JsonRpcRequest, reason: StopReason): JsonRpcResponse | undefined {
  if (reason === 'cancelled') return undefined;
  const why = reason === 'shutdown' ? 'the server is shutting down' : 'its session has ended';
  return failure(id, ErrorCode.internalError, `The request was not finished: ${why}.`);
}
