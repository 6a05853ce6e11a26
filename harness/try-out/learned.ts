import type { Json, JsonObject } from '../../spec/messages.ts';
import type { Exchange } from '../exchange.ts';
import { observe } from '../judge/observation.ts';
import type { Stimuli } from '../stimuli/find-stimuli.ts';
import { isObject } from '../wire/json-rpc.ts';

/** A tool that was called, with what came of it. */
export interface TriedCall {
  readonly name: string;
  readonly arguments: JsonObject;
  /** The progress token that the call gave. */
  readonly token: string;
  readonly exchange: Exchange;
  /** The answers to its one question with which the call succeeded. */
  answers?: JsonObject;
}

/**
 * What calls of a target's tools showed of them, as stimuli: a tool that reported progress is a `progressing-tool`, one
 * that logged a `logging-tool`, one that asked its user an `eliciting-tool`, and so on; one that answers to its first
 * question satisfy is an `answerable-tool`. The first that did it is taken.
 */
export function learnedFrom(calls: readonly TriedCall[]): Stimuli {
  const learned: { [stimulus: string]: Json } = {};
  for (const call of calls) {
    const made = { name: call.name, arguments: call.arguments };
    for (const stimulus of shownBy(call)) learned[stimulus] ??= made;
    if (call.answers) learned['answerable-tool'] ??= { ...made, inputResponses: call.answers };
  }
  return learned;
}

function shownBy({ token, exchange }: TriedCall): string[] {
  const { result } = observe(exchange);
  const messages = exchange.payload.messages.map(({ value }) => value).filter(isObject);
  const progressed = messages.some(
    ({ method, params }) => method === 'notifications/progress' && isObject(params) && params.progressToken === token,
  );
  return [
    // over stdio other notifications may belong to another call
    ...(progressed ? ['progressing-tool'] : []),
    ...(messages.some(({ method }) => method === 'notifications/message') ? ['logging-tool'] : []),
    ...(isObject(result) ? [...shownByQuestions(result.inputRequests), ...shownByContent(result.content)] : []),
  ];
}

function shownByQuestions(asked: Json | undefined): string[] {
  const requests = isObject(asked) ? Object.values(asked).filter(isObject) : [];
  return requests.flatMap(({ method, params }) => {
    if (method === 'sampling/createMessage') return ['sampling-tool'];
    if (method === 'roots/list') return ['roots-tool'];
    if (method !== 'elicitation/create') return [];
    return isObject(params) && params.mode === 'url' ? ['url-eliciting-tool'] : ['eliciting-tool'];
  });
}

const BY_TYPE: { readonly [type: string]: string } = {
  image: 'image-tool',
  audio: 'audio-tool',
  resource: 'embedding-tool',
  resource_link: 'linking-tool',
};

function shownByContent(content: Json | undefined): string[] {
  if (!Array.isArray(content)) return [];
  return content.filter(isObject).flatMap(({ type }) => BY_TYPE[String(type)] ?? []);
}
