import Type from 'typebox';
import { alters, removed, type Topic } from './layers.ts';
import {
  anyOf,
  mapOf,
  mustHaveMeta,
  optionalBoolean,
  optionalInteger,
  request,
  requestParams,
  responseWith,
  result,
  strings,
  typedResult,
  uriTemplate,
  withTitle,
} from './shapes.ts';

const completion = { total: optionalInteger, hasMore: optionalBoolean };
const resourceReference = Type.Object({ type: Type.Literal('ref/resource'), uri: uriTemplate });

/** Suggestions while an argument is typed (page `server/utilities/completion`). */
export const completions = {
  '2024-11-05': {
    CompleteRequest: request('completion/complete', Type.Ref('CompleteRequestParams')),
    CompleteRequestParams: requestParams({
      ref: anyOf('PromptReference', 'ResourceReference'),
      argument: Type.Object({ name: Type.String(), value: Type.String() }),
    }),
    CompleteResult: result({ completion: Type.Object({ ...completion, values: strings }) }),
    PromptReference: Type.Object({ type: Type.Literal('ref/prompt'), name: Type.String() }),
    ResourceReference: resourceReference,
  },
  '2025-06-18': {
    ResourceReference: removed,
    ResourceTemplateReference: resourceReference,
    PromptReference: alters(withTitle),
    CompleteRequestParams: alters({
      ref: anyOf('PromptReference', 'ResourceTemplateReference'),
      context: Type.Optional(Type.Object({ arguments: Type.Optional(mapOf(Type.String())) })),
    }),
  },
  '2026-07-28': {
    CompleteRequestParams: alters(mustHaveMeta),
    // The limit is older, but only here does the schema check it.
    CompleteResult: alters({
      ...typedResult,
      completion: Type.Object({ ...completion, values: Type.Array(Type.String(), { maxItems: 100 }) }),
    }),
    CompleteResultResponse: responseWith(Type.Ref('CompleteResult')),
  },
} satisfies Topic;
