import type { ServerResponse } from 'node:http';
import type { JsonRpcRequest, JsonRpcResponse } from '../../spec/messages.ts';
import type { Outlet } from '../dispatch/context.ts';
import { ErrorCode } from '../envelope/error.ts';
import { factsOf, type Revision } from '../revisions.ts';
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
 * The same in the stateless revisions: 404 for a method that is not there, 400 for what is wrong with the request as such
 * (2026-07-28, basic/transports/streamable-http; basic, "_meta").
 */
export function statelessStatus(response: JsonRpcResponse): number {
  if (!('error' in response)) return 200;
  switch (response.error.code) {
    case ErrorCode.methodNotFound:
      return 404;
    case ErrorCode.invalidRequest:
    case ErrorCode.headerMismatch:
    case ErrorCode.missingClientCapability:
    case ErrorCode.unsupportedProtocolVersion:
      return 400;
    default:
      return 200;
  }
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
 * basic/transports, "Sending Messages to the Server", item 6), and the client may come back for its answer.
 */
export function clientGone(_request: JsonRpcRequest, _session: Session): void {}

/** Who is answered, and how. */
export interface AnswerParts {
  revision: Revision;
  /** Undefined in the stateless revisions. */
  session?: Session;
  /** Whether the responses belong in an array, even a single one. */
  batch?: boolean;
  headers?: Record<string, string>;
  /** Whether the answer is JSON wherever it can be. */
  brief?: boolean;
}

/**
 * Whether a request should not be answered with a stream: who looks at a task has said that it polls (2025-11-25,
 * basic/utilities/tasks, "Input Required Status").
 */
export function wantsBriefAnswer({ method }: JsonRpcRequest, revision: Revision): boolean {
  return method === 'tasks/get' && factsOf(revision).tasks === 'core';
}

/**
 * Answers a POST, by JSON or by a stream. A server chooses which ("Sending Messages to the Server", item 5); this one
 * sends JSON until something must go out before the response. Where every request was cancelled there is no JSON to send,
 * so the answer is a stream that ends without a message.
 */
export function openAnswer(http: ServerResponse, { settings, steps }: Runtime, parts: AnswerParts): Answer {
  const { revision, session, batch = false, headers = {}, brief = false } = parts;
  const streams = settings.answers === 'sse' && !brief;
  const held: JsonRpcResponse[] = [];
  let stream: SseStream | undefined;

  const open = (): SseStream => {
    if (stream !== undefined) return stream;
    const number = session?.streams.number() ?? 0;
    stream = openStream(http, { revision, number, kind: 'answer', steps, headers });
    session?.streams.add(stream);
    for (const response of held) steps.sse.deliver(response, stream, session);
    return stream;
  };
  const statusOf = (response: JsonRpcResponse) =>
    session === undefined ? steps.http.statelessStatus(response) : steps.http.answerStatus(response);

  // Without a session the status depends on the response, so that nothing can go out before it is known.
  if (streams && session !== undefined) open();
  return {
    canSend: settings.answers !== 'json',
    send(message) {
      steps.sse.deliver(message, open(), session);
    },
    leave(retryMs) {
      if (settings.answers !== 'json' && factsOf(revision).polling) open().leave(retryMs);
    },
    add(response) {
      if (stream === undefined) held.push(response);
      else steps.sse.deliver(response, stream, session);
    },
    finish() {
      const [first] = held;
      const status = first === undefined || batch ? 200 : statusOf(first);
      if (stream === undefined && first !== undefined && (!streams || status !== 200)) {
        return jsonReply(status, steps.envelope.encode(batch ? held : first), headers);
      }
      open().end();
      return 'streaming';
    },
  };
}
