import type { Json, JsonObject } from '../../spec/messages.ts';
import type { Exchange } from '../exchange.ts';
import { observe } from '../judge/observation.ts';
import type { Tried } from '../stimuli/found-by-trying.ts';
import { isObject } from '../wire/json-rpc.ts';

/** A tool of the stateless era that was called, with what came of it. */
export interface TriedCall {
  readonly name: string;
  readonly arguments: JsonObject;
  /** The progress token that the call gave. */
  readonly token: string;
  readonly exchange: Exchange;
  /** The answers to its one question with which the call succeeded. */
  answers?: JsonObject;
}

/** What one call showed of its tool. What a tool asks its user comes in its result, and not as a request (2026-07-28, basic/patterns/mrtr). */
export function learnedFrom({ name, arguments: args, token, exchange, answers }: TriedCall): Tried {
  const { result, error } = observe(exchange);
  const messages = exchange.payload.messages.map(({ value }) => value).filter(isObject);
  const answered = exchange.payload.messages.find(
    ({ value }) => isObject(value) && ('result' in value || 'error' in value),
  );
  const content = isObject(result) && Array.isArray(result.content) ? result.content.filter(isObject) : [];
  return {
    name,
    arguments: args,
    answer: isObject(result)
      ? result.isError === true
        ? 'failure'
        : 'result'
      : error === undefined
        ? 'none'
        : 'error',
    code: isObject(error) ? error.code : undefined,
    ms: Math.round((answered?.at ?? exchange.end?.at ?? exchange.startedAt) - exchange.startedAt),
    // over stdio other notifications may belong to another call
    progress: messages.filter(
      ({ method, params }) => method === 'notifications/progress' && isObject(params) && params.progressToken === token,
    ).length,
    logs: messages.filter(({ method }) => method === 'notifications/message').length,
    asked: isObject(result) ? askedIn(result.inputRequests) : [],
    content: [...new Set(content.map(({ type }) => String(type)))],
    said: isObject(result) ? [result.structuredContent ?? null, ...content] : [],
    ...(answers ? { answers } : {}),
  };
}

function askedIn(asked: Json | undefined): string[] {
  const requests = isObject(asked) ? Object.values(asked).filter(isObject) : [];
  return requests.map(({ method, params }) =>
    method === 'elicitation/create' && isObject(params) && params.mode === 'url' ? `${method} by url` : String(method),
  );
}
