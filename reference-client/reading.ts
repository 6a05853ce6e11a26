/** From the text a server sent to the messages in it. */
import type { Json, JsonObject, JsonRpcMessage } from '../spec/messages.ts';
import { badMessage, type Outcome, succeed } from './results.ts';

/**
 * Reads the messages in one JSON text.
 *
 * @param batches whether an array is a batch to be taken apart (2025-03-26, basic#batching) or a mistake
 * @returns the messages in order, or a `bad-message` failure when the text is not JSON or any part is no message
 */
export function readMessages(text: string, batches: boolean): Outcome<JsonRpcMessage[]> {
  let json: Json;
  try {
    json = JSON.parse(text);
  } catch {
    return badMessage('the server sent text that is not JSON', text);
  }
  if (Array.isArray(json) && !batches) return badMessage('the server sent a batch, which this revision lacks', text);
  const parts = Array.isArray(json) ? json : [json];
  const messages: JsonRpcMessage[] = [];
  for (const part of parts) {
    const flaw = flawOf(part);
    if (flaw !== undefined) return badMessage(`the server sent JSON that is no JSON-RPC message (${flaw})`, text);
    messages.push(part as JsonObject & JsonRpcMessage);
  }
  return succeed(messages);
}

/** What keeps a JSON value from being a message; undefined when it is one. Source: page `basic`, #messages. */
function flawOf(value: Json): string | undefined {
  if (!isObject(value)) return 'it is not an object';
  if (value.jsonrpc !== '2.0') return 'jsonrpc is not "2.0"';
  return 'method' in value ? flawOfCall(value) : flawOfResponse(value);
}

function flawOfCall(call: JsonObject): string | undefined {
  if (typeof call.method !== 'string') return 'method is not a string';
  if ('id' in call && !isRequestId(call.id)) return 'id is neither a string nor an integer';
  if ('params' in call && !isObject(call.params)) return 'params is not an object';
  return undefined;
}

function flawOfResponse(response: JsonObject): string | undefined {
  if ('result' in response === 'error' in response) return 'it has not exactly one of result and error';
  if ('result' in response) {
    if (!isRequestId(response.id)) return 'id is neither a string nor an integer';
    return isObject(response.result) ? undefined : 'result is not an object';
  }
  // Without a readable request there is no id to echo: 2025-11-25 leaves it out, JSON-RPC 2.0 writes null.
  if (response.id !== undefined && response.id !== null && !isRequestId(response.id)) return 'id has a wrong type';
  const error = response.error;
  if (!isObject(error)) return 'error is not an object';
  if (!Number.isInteger(error.code)) return 'error.code is not an integer';
  return typeof error.message === 'string' ? undefined : 'error.message is not a string';
}

/** Whether a JSON value is an object, which null and arrays are not. */
export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRequestId(value: Json | undefined): boolean {
  return typeof value === 'string' || Number.isInteger(value);
}
