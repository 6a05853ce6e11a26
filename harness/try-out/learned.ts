import type { Json, JsonObject } from '../../spec/messages.ts';
import { sameJson } from '../invariants/outcomes.ts';
import { observe } from '../judge/observation.ts';
import type { Tried } from '../stimuli/found-by-trying.ts';
import type { Exchange } from '../trace/exchange.ts';
import { isObject } from '../wire/json-rpc.ts';
import { lendsTools } from './try-tool.ts';

/** A tool of the stateless era that was called, with what came of it. */
export interface TriedCall {
  readonly name: string;
  readonly arguments: JsonObject;
  /** The progress token that the call gave. */
  readonly token: string;
  readonly exchange: Exchange;
  /** The answers to its one question with which the call succeeded. */
  answers?: JsonObject;
  /** The same with forms filled in so that they do not fit. */
  misfits?: JsonObject;
  /** Marked answers to its first question, and the answers to the one that came then. */
  interview?: { readonly inputResponses: JsonObject; readonly next: JsonObject };
}

/** What one call showed of its tool. What a tool asks its user comes in its result, and not as a request (2026-07-28, basic/patterns/mrtr). */
export function learnedFrom({ name, arguments: args, token, exchange, answers, misfits, interview }: TriedCall): Tried {
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
    stated:
      isObject(result) && questionsIn(result.inputRequests).length === 1 && typeof result.requestState === 'string',
    lent:
      isObject(result) &&
      questionsIn(result.inputRequests).some(({ params }) => isObject(params) && lendsTools(params)),
    content: [...new Set(content.map(({ type }) => String(type)))],
    said: isObject(result) ? [result.structuredContent ?? null, ...content] : [],
    ...(answers ? { answers } : {}),
    ...(misfits && answers && !sameJson(misfits, answers) ? { misfits } : {}),
    ...(interview ? { interview } : {}),
  };
}

function askedIn(asked: Json | undefined): string[] {
  return questionsIn(asked).map(({ method, params }) =>
    method === 'elicitation/create' && isObject(params) && params.mode === 'url' ? `${method} by url` : String(method),
  );
}

function questionsIn(asked: Json | undefined): JsonObject[] {
  return isObject(asked) ? Object.values(asked).filter(isObject) : [];
}
