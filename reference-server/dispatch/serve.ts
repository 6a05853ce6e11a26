import type { JsonRpcRequest, JsonRpcResponse } from '../../spec/messages.ts';
import { type Level, tellerOf } from '../client/tell.ts';
import { ErrorCode, failure, ProtocolError } from '../envelope/error.ts';
import { factsOf } from '../revisions.ts';
import type { Steps } from '../steps.ts';
import type { Outlet, RequestContext, ServerMessage } from './context.ts';
import type { Methods } from './dispatch.ts';
import type { Flight, StopReason } from './in-flight.ts';

/** What serving a request needs beside the request. */
export interface Serving {
  flight: Flight;
  methods: Methods;
  /** Who asks, by which rules, and what differs between the eras. */
  from: Omit<RequestContext, 'signal' | 'progress' | 'tell' | 'leave'>;
  /** The least severe log messages that the client wants now; undefined for none. */
  logLevel: () => Level | undefined;
  outlet: Outlet;
  /** Sends what the outlet cannot. */
  push: (message: ServerMessage) => void;
  steps: Pick<Steps, 'dispatch' | 'logging'>;
}

/**
 * Serves a request in flight until it is answered or stopped; undefined when no answer is wanted. Its progress and its
 * log messages end with it.
 */
export async function serve(request: JsonRpcRequest, serving: Serving): Promise<JsonRpcResponse | undefined> {
  const { flight, methods, from, logLevel, outlet, push, steps } = serving;
  const { dispatch } = steps;
  const teller = tellerOf(
    logLevel,
    (message) => (outlet.canSend ? outlet.send(message) : push(message)),
    steps.logging,
  );
  let silence = () => {};
  try {
    const token = dispatch.progressToken(request.params ?? {});
    const reporter = dispatch.reporterOf(token, outlet, dispatch.progressNotification);
    silence = reporter.stop;
    const { progressMessages } = factsOf(from.revision);
    const context: RequestContext = {
      ...from,
      signal: flight.signal,
      progress: (progress, total, message) => reporter.report(progress, total, progressMessages ? message : undefined),
      tell: teller.tell,
      leave: (retryMs) => outlet.leave?.(retryMs),
    };
    // A handler that does not heed the signal must not keep the client waiting.
    const response = await Promise.race([dispatch.dispatch(request, methods, context), flight.stopped]);
    return flight.reason === undefined ? response : dispatch.responseToStopped(request, flight.reason);
  } catch (error) {
    if (error instanceof ProtocolError) return failure(request.id, error.code, error.message, error.data);
    throw error;
  } finally {
    silence();
    teller.stop();
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
