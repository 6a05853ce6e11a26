import { changeNotification } from './audience/audience.ts';
import { checkToken } from './authorization/check-token.ts';
import { legacyMetadata, resourceMetadata } from './authorization/metadata.ts';
import { checkAnswer } from './client/answers.ts';
import { aboutTask, asksAsTask, beforeLook, calledOff, goesOn, taskParams } from './client/asked-as-task.ts';
import { canBeAsked, capabilitiesNeeded } from './client/capabilities.ts';
import { cancellation, progressTokenFor, sayCancelled } from './client/outgoing.ts';
import { questionFor } from './client/questions.ts';
import { answerToNothing, patienceFor, readyToBeAsked } from './client/session-ask.ts';
import { logNotification, wanted } from './client/tell.ts';
import { cancel } from './dispatch/cancellation.ts';
import { dispatch } from './dispatch/dispatch.ts';
import { progressNotification, progressToken, reporterOf } from './dispatch/progress.ts';
import { responseToStopped } from './dispatch/serve.ts';
import { decode } from './envelope/decode.ts';
import { encode, invalidMessage } from './envelope/encode.ts';
import { cutCompletions, rankCompletions } from './features/completion.ts';
import { decodeCursor, encodeCursor } from './features/pagination.ts';
import { unknownPrompt } from './features/prompts.ts';
import { resourceNotFound } from './features/resources.ts';
import { unknownTool } from './features/tools.ts';
import { answerStatus, clientGone, sessionHeaders, statelessStatus, wantsBriefAnswer } from './http/answer.ts';
import { readBody } from './http/body.ts';
import { checkAccept, checkContentType, checkLength } from './http/content.ts';
import { findStream, listenerOpened } from './http/listen.ts';
import { checkMirroredParameters, checkMirrors } from './http/mirrored.ts';
import { checkHost, checkOrigin } from './http/origin.ts';
import { acceptedReply, endedReply, refusalMessage, writeReply } from './http/reply.ts';
import { checkProtocolVersion, findSession, revisionFor } from './http/session.ts';
import { statelessClientGone } from './http/stateless.ts';
import { checkFieldCount, checkMethod, checkPath } from './http/target.ts';
import { connectionLost } from './legacy-sse/connections.ts';
import { endpointEvent, legacyAcceptedReply } from './legacy-sse/endpoints.ts';
import { initializeResult, negotiate, readInitialize } from './lifecycle/initialize.ts';
import { checkPromptArguments, describePrompt, messageFor } from './prompts/prompt.ts';
import { isInside, pathOf } from './resources/folder.ts';
import { describeResource, describeTemplate } from './resources/resource.ts';
import { concerns, newSessionId } from './sessions/session.ts';
import { encodeEvent, eventId, keepAliveComment, primeEvent, readEventId, retryEvent } from './sse/event.ts';
import { deliver, endStream, streamHeaders, writeText } from './sse/stream.ts';
import { discoverResult } from './stateless/discover.ts';
import { readMeta } from './stateless/meta.ts';
import { unsupportedVersion } from './stateless/protocol.ts';
import { redeem } from './stateless/redeemed.ts';
import { cacheHints, resultMeta, resultType } from './stateless/result.ts';
import { inputRequired, isStateGood } from './stateless/retry-ask.ts';
import { openState, requestDigest, sealState } from './stateless/state.ts';
import {
  acknowledged,
  agreedFilter,
  cancelledByServer,
  subscriptionEnded,
  tagged,
  wantsChange,
} from './stateless/subscriptions.ts';
import { frame } from './stdio/lines.ts';
import {
  canBeCancelled,
  describeExtensionTask,
  describeTask,
  detailExtensionTask,
  relatedTask,
  statusNotification,
} from './tasks/describe.ts';
import { becomesTask, wantsTask } from './tasks/run-call.ts';
import { isOver } from './tasks/task.ts';
import { allTools } from './tools/registry.ts';
import { checkArguments, describeTool, resultFor, runTool } from './tools/tool.ts';

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
    checkToken,
    resourceMetadata,
    legacyMetadata,
    checkAccept,
    checkContentType,
    checkLength,
    readBody,
    revisionFor,
    findSession,
    checkProtocolVersion,
    checkMirrors,
    checkMirroredParameters,
    refusalMessage,
    acceptedReply,
    endedReply,
    answerStatus,
    statelessStatus,
    sessionHeaders,
    wantsBriefAnswer,
    clientGone,
    statelessClientGone,
    listenerOpened,
    findStream,
    writeReply,
  },
  /** From bytes to messages and back. */
  envelope: { decode, encode, invalidMessage },
  sse: {
    streamHeaders,
    primeEvent,
    retryEvent,
    keepAliveComment,
    eventId,
    readEventId,
    encodeEvent,
    deliver,
    writeText,
    endStream,
  },
  stdio: { frame },
  legacySse: { endpointEvent, legacyAcceptedReply, connectionLost },
  sessions: { newSessionId },
  lifecycle: { readInitialize, negotiate, initializeResult },
  dispatch: { dispatch, cancel, responseToStopped, progressToken, progressNotification, reporterOf },
  /** Requests of the stateless revisions: what they must say, and what is said back. */
  stateless: { readMeta, unsupportedVersion, discoverResult, resultType, resultMeta, cacheHints },
  mrtr: { inputRequired, sealState, openState, requestDigest, isStateGood, redeem },
  subscriptions: { agreedFilter, acknowledged, tagged, wantsChange, subscriptionEnded, cancelledByServer },
  changes: { changeNotification, statusNotification, concerns },
  asking: {
    canBeAsked,
    capabilitiesNeeded,
    readyToBeAsked,
    questionFor,
    checkAnswer,
    asksAsTask,
    taskParams,
    aboutTask,
    goesOn,
    beforeLook,
    calledOff,
    progressTokenFor,
    cancellation,
    sayCancelled,
    patienceFor,
    answerToNothing,
  },
  logging: { wanted, logNotification },
  paging: { encodeCursor, decodeCursor },
  tools: { allTools, describe: describeTool, unknownTool, checkArguments, run: runTool, resultFor },
  resources: { describe: describeResource, describeTemplate, notFound: resourceNotFound, pathOf, isInside },
  prompts: { describe: describePrompt, unknownPrompt, checkArguments: checkPromptArguments, messageFor },
  completion: { rank: rankCompletions, cut: cutCompletions },
  tasks: {
    describe: describeTask,
    describeExtension: describeExtensionTask,
    detailExtension: detailExtensionTask,
    relatedTask,
    isOver,
    canBeCancelled,
    wantsTask,
    becomesTask,
  },
};

/** The steps of a server. */
export type Steps = typeof correctSteps;

/** Gives the steps to replace, by group. It is handed the correct ones, to call or to wrap. */
export type Seams = (correct: Steps) => { [Group in keyof Steps]?: Partial<Steps[Group]> };

/** The correct steps with some replaced. */
export function stepsWith(seams: Seams = () => ({})): Steps {
  const replaced = seams(correctSteps);
  const groups = Object.entries(correctSteps).map(([group, steps]) => [
    group,
    { ...steps, ...replaced[group as keyof Steps] },
  ]);
  return Object.fromEntries(groups) as Steps;
}
