import type { ServerResponse } from 'node:http';
import type { JsonRpcRequest, JsonRpcResponse } from '../../spec/messages.ts';
import type { Outlet } from '../dispatch/context.ts';
import { ErrorCode } from '../envelope/error.ts';
import { factsOf } from '../revisions.ts';
import type { Session } from '../sessions/session.ts';
import { openStream, type SseStream } from '../sse/stream.ts';
import type { Outcome, Runtime } from './exchange.ts';
import { jsonReply } from './reply.ts';

/** The answer to one POST: what precedes the responses, the responses, and the end. */
export interface Answer extends Outlet {
  add(response: JsonRpcResponse): void;
  finish(): Outcome;
}

/** The HTTP status of a JSON answer. Only what was no proper request is an error of HTTP too. */
export function answerStatus(response: JsonRpcResponse): number {
  return 'error' in response && response.error.code === ErrorCode.invalidRequest ? 400 : 200;
}

/**
 * The field that hands out a session id, on the response to `initialize` and on no other
 * (2025-11-25, basic/transports, "Session Management", item 1).
 */
export function sessionHeaders(session: Session): Record<string, string> {
  return { [factsOf(session.revision).sessionHeader]: session.id };
}

/**
 * What a request suffers when the client goes before its answer: nothing. It is not cancelled by that (2025-11-25,
 * basic/transports, "Sending Messages to the Server", item 6), and its answer is lost.
 */
export function clientGone(_request: JsonRpcRequest, _session: Session): void {}

/**
 * Answers a POST, by JSON or by a stream. A server chooses which ("Sending Messages to the Server", item 5); this one
 * sends JSON until something must go out before the response. Where every request was cancelled there is no JSON to send,
 * so the answer is a stream that ends without a message.
 *
 * @param more `batch` when the responses belong in an array, even a single one; `headers` to add
 */
export function openAnswer(
  http: ServerResponse,
  session: Session,
  { settings, steps }: Runtime,
  { batch = false, headers = {} }: { batch?: boolean; headers?: Record<string, string> } = {},
): Answer {
  const held: JsonRpcResponse[] = [];
  let stream: SseStream | undefined;

  const open = (): SseStream => {
    if (stream !== undefined) return stream;
    stream = openStream(http, session, 'answer', steps, headers);
    for (const response of held) steps.sse.deliver(response, stream, session);
    return stream;
  };

  if (settings.answers === 'sse') open();
  return {
    canNotify: settings.answers !== 'json',
    notify(message) {
      steps.sse.deliver(message, open(), session);
    },
    add(response) {
      if (stream === undefined) held.push(response);
      else steps.sse.deliver(response, stream, session);
    },
    finish() {
      const [first] = held;
      if (stream === undefined && first !== undefined) {
        const status = batch ? 200 : steps.http.answerStatus(first);
        return jsonReply(status, steps.envelope.encode(batch ? held : first), headers);
      }
      open().end();
      return 'streaming';
    },
  };
}
