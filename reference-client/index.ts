/**
 * The reference client of mcp-assay: a small MCP client, written from the protocol up, that keeps every rule it meets.
 */
export type { Handler, HandlerAnswer, Handlers } from './answering.ts';
export { type ClientOptions, ReferenceClient } from './client.ts';
export { type Conduct, conduct } from './conduct.ts';
export type { Observer } from './link.ts';
export type { RequestOptions } from './requesting.ts';
export { describeFailure, type Failure, type Outcome } from './results.ts';
export { type Revision, SUPPORTED_REVISIONS } from './revisions.ts';
export type { Session } from './session.ts';
export { newSseDecoder, type SseDecoder, type SseEvent } from './sse-decoder.ts';
