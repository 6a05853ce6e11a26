import { cancel } from './dispatch/cancellation.ts';
import { dispatch } from './dispatch/dispatch.ts';
import { progressNotification, progressToken, reporterOf } from './dispatch/progress.ts';
import { responseToStopped } from './dispatch/serve.ts';
import { decode } from './envelope/decode.ts';
import { encode, invalidMessage } from './envelope/encode.ts';
import { decodeCursor, encodeCursor } from './features/pagination.ts';
import { answerStatus, clientGone, sessionHeaders } from './http/answer.ts';
import { readBody } from './http/body.ts';
import { checkAccept, checkContentType, checkLength } from './http/content.ts';
import { listenerOpened } from './http/listen.ts';
import { checkHost, checkOrigin } from './http/origin.ts';
import { acceptedReply, endedReply, refusalMessage, writeReply } from './http/reply.ts';
import { checkProtocolVersion, findSession, revisionFor } from './http/session.ts';
import { checkFieldCount, checkMethod, checkPath } from './http/target.ts';
import { initializeResult, negotiate, readInitialize } from './lifecycle/initialize.ts';
import { newSessionId } from './sessions/session.ts';
import { encodeEvent, eventId, primeEvent } from './sse/event.ts';
import { deliver, endStream, streamHeaders, writeText } from './sse/stream.ts';
import { allTools } from './tools/registry.ts';
import { checkArguments, describeTool, runTool } from './tools/tool.ts';

/**
 * The steps that the server goes through, each a function that keeps one rule. The server calls them only by way of this
 * object, so that a copy with one step replaced is a server that is wrong in one way and right in all others.
 */
export const correctSteps = {
  /** What a request must be like before it is read, in the order of the checks; then what is written back. */
  http: {
    checkFieldCount,
    checkPath,
    checkMethod,
    checkHost,
    checkOrigin,
    checkAccept,
    checkContentType,
    checkLength,
    readBody,
    revisionFor,
    findSession,
    checkProtocolVersion,
    refusalMessage,
    acceptedReply,
    endedReply,
    answerStatus,
    sessionHeaders,
    clientGone,
    listenerOpened,
    writeReply,
  },
  /** From bytes to messages and back. */
  envelope: { decode, encode, invalidMessage },
  sse: { streamHeaders, primeEvent, eventId, encodeEvent, deliver, writeText, endStream },
  sessions: { newSessionId },
  lifecycle: { readInitialize, negotiate, initializeResult },
  dispatch: { dispatch, cancel, responseToStopped, progressToken, progressNotification, reporterOf },
  paging: { encodeCursor, decodeCursor },
  tools: { allTools, describe: describeTool, checkArguments, run: runTool },
};

/** The steps of a server. */
export type Steps = typeof correctSteps;

/** Gives the steps to replace, by group. It is handed the correct ones, to call or to wrap. */
export type Seams = (correct: Steps) => { [Group in keyof Steps]?: Partial<Steps[Group]> };

/** The correct steps with some replaced. */
export function stepsWith(seams: Seams = () => ({})): Steps {
  const replaced = seams(correctSteps);
  return {
    http: { ...correctSteps.http, ...replaced.http },
    envelope: { ...correctSteps.envelope, ...replaced.envelope },
    sse: { ...correctSteps.sse, ...replaced.sse },
    sessions: { ...correctSteps.sessions, ...replaced.sessions },
    lifecycle: { ...correctSteps.lifecycle, ...replaced.lifecycle },
    dispatch: { ...correctSteps.dispatch, ...replaced.dispatch },
    paging: { ...correctSteps.paging, ...replaced.paging },
    tools: { ...correctSteps.tools, ...replaced.tools },
  };
}
