/**
 * The JSON-RPC 2.0 envelopes that MCP exchanges, as types only.
 *
 * Source: https://www.jsonrpc.org/specification and the page `basic` of each revision.
 */

/** Any value that JSON can carry. */
export type Json = null | boolean | number | string | Json[] | JsonObject;

/** A JSON object. */
export interface JsonObject {
  [member: string]: Json;
}

/** The id of a request: never null in MCP. */
export type RequestId = string | number;

/** A message that wants an answer. */
export interface JsonRpcRequest {
  jsonrpc: '2.0';
  id: RequestId;
  method: string;
  params?: JsonObject;
}

/** A message that gets no answer. */
export interface JsonRpcNotification {
  jsonrpc: '2.0';
  method: string;
  params?: JsonObject;
}

/** The answer to a request that succeeded. */
export interface JsonRpcSuccess {
  jsonrpc: '2.0';
  id: RequestId;
  result: JsonObject;
}

/** The answer to a request that failed; without an id when the id could not be read. */
export interface JsonRpcFailure {
  jsonrpc: '2.0';
  id?: RequestId | null;
  error: JsonRpcError;
}

/** What went wrong: an integer code, one sentence, and anything that helps. */
export interface JsonRpcError {
  code: number;
  message: string;
  data?: Json;
}

export type JsonRpcResponse = JsonRpcSuccess | JsonRpcFailure;
export type JsonRpcMessage = JsonRpcRequest | JsonRpcNotification | JsonRpcResponse;
