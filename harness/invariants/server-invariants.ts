import { binaryContents } from './binary-contents.ts';
import { cachePages } from './cache-pages.ts';
import { cancellation } from './cancellation.ts';
import { capabilityClient } from './capability-client.ts';
import { capabilityFeatures } from './capability-features.ts';
import { capabilityMethods } from './capability-methods.ts';
import { capabilityServer } from './capability-server.ts';
import { elicitedModes } from './elicited-modes.ts';
import { httpNotificationAnswers } from './http-notification-answers.ts';
import { httpRequestAnswers } from './http-request-answers.ts';
import { inputRequests } from './input-requests.ts';
import type { Invariant } from './invariant.ts';
import { jsonRpcAnsweredOnce } from './jsonrpc-answered-once.ts';
import { jsonRpcBatches } from './jsonrpc-batches.ts';
import { jsonRpcErrors } from './jsonrpc-errors.ts';
import { jsonRpcMessages } from './jsonrpc-messages.ts';
import { jsonRpcNotificationNoId, jsonRpcNotificationNoResponse } from './jsonrpc-notifications.ts';
import { jsonRpcResponseIds } from './jsonrpc-response-ids.ts';
import { jsonRpcResponses } from './jsonrpc-responses.ts';
import { jsonRpcServerRequests } from './jsonrpc-server-requests.ts';
import { jsonRpcUtf8 } from './jsonrpc-utf8.ts';
import { lifecycleEarlyRequests } from './lifecycle-early-requests.ts';
import { lifecycleInitialize } from './lifecycle-initialize.ts';
import { messageNames } from './message-names.ts';
import { messageSchema } from './message-schema.ts';
import { metaKeys } from './meta-keys.ts';
import { metaPrefixes } from './meta-prefixes.ts';
import { ownCancellationsName } from './own-cancellations.ts';
import { ownProgressTokens } from './own-progress-tokens.ts';
import { pageWalks } from './page-walks.ts';
import { permissions } from './permissions.ts';
import { pingPrompt } from './ping-prompt.ts';
import { progressTokens } from './progress-tokens.ts';
import { progressValues } from './progress-values.ts';
import { questions } from './questions.ts';
import { resourceUpdates } from './resource-updates.ts';
import { resourceUris } from './resource-uris.ts';
import { revisionMessages } from './revision-messages.ts';
import { sampledMessages } from './sampled-messages.ts';
import { schemaFormats } from './schema-formats.ts';
import { sessionIdCharset, sessionIdSecure } from './session-ids.ts';
import { sseBroadcast } from './sse-broadcast.ts';
import { sseEventIds } from './sse-event-ids.ts';
import { sseEventNames } from './sse-event-names.ts';
import { sseGetStreams } from './sse-get-streams.ts';
import { sseGetUnrelated } from './sse-get-unrelated.ts';
import { ssePostStreams } from './sse-post-streams.ts';
import { ssePrimeEvent } from './sse-prime-event.ts';
import { sseResumption } from './sse-resumption.ts';
import { statefulPermissions } from './stateful-permissions.ts';
import { statelessMessages } from './stateless-messages.ts';
import { statelessResults } from './stateless-results.ts';
import { statelessStreams } from './stateless-streams.ts';
import { stdioLines } from './stdio-lines.ts';
import { stdioStderr } from './stdio-stderr.ts';
import { subscriptions } from './subscriptions.ts';
import { taskIds } from './task-ids.ts';
import { taskInput } from './task-input.ts';
import { taskProgress } from './task-progress.ts';
import { taskResults } from './task-results.ts';
import { tasks } from './tasks.ts';
import { tasksOfClients } from './tasks-of-clients.ts';
import { toolDialects } from './tool-dialects.ts';
import { toolHeaders } from './tool-headers.ts';
import { toolNames } from './tool-names.ts';
import { toolResults } from './tool-results.ts';
import { toolSchemas } from './tool-schemas.ts';
import { traceContext } from './trace-context.ts';
import { urlRequired } from './url-required.ts';

/** Every invariant that a server's traffic is held against. */
export const serverInvariants: readonly Invariant[] = [
  jsonRpcMessages,
  jsonRpcResponses,
  jsonRpcErrors,
  jsonRpcResponseIds,
  jsonRpcAnsweredOnce,
  jsonRpcNotificationNoResponse,
  jsonRpcNotificationNoId,
  jsonRpcServerRequests,
  jsonRpcBatches,
  jsonRpcUtf8,
  messageSchema,
  messageNames,
  schemaFormats,
  httpRequestAnswers,
  httpNotificationAnswers,
  sessionIdCharset,
  sessionIdSecure,
  sseEventIds,
  sseGetStreams,
  sseGetUnrelated,
  sseEventNames,
  sseBroadcast,
  ssePrimeEvent,
  ssePostStreams,
  statelessResults,
  statelessMessages,
  statelessStreams,
  subscriptions,
  stdioLines,
  stdioStderr,
  lifecycleInitialize,
  lifecycleEarlyRequests,
  revisionMessages,
  capabilityClient,
  capabilityServer,
  capabilityFeatures,
  capabilityMethods,
  progressTokens,
  progressValues,
  pingPrompt,
  metaKeys,
  toolNames,
  pageWalks,
  toolSchemas,
  resourceUris,
  resourceUpdates,
  binaryContents,
  toolResults,
  cancellation,
  ownCancellationsName,
  ownProgressTokens,
  statefulPermissions,
  questions,
  tasks,
  taskIds,
  taskProgress,
  taskInput,
  taskResults,
  tasksOfClients,
  sseResumption,
  toolDialects,
  metaPrefixes,
  cachePages,
  toolHeaders,
  permissions,
  traceContext,
  elicitedModes,
  sampledMessages,
  inputRequests,
  urlRequired,
];
