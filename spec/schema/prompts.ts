import Type from 'typebox';
import { cacheable } from './caching.ts';
import { retry } from './input-required.ts';
import { alters, type Topic } from './layers.ts';
import { nextPage } from './pagination.ts';
import {
  anyOf,
  listOf,
  mapOf,
  mustHaveMeta,
  notification,
  optionalBoolean,
  optionalListOf,
  optionalRef,
  optionalString,
  request,
  requestParams,
  responseWith,
  result,
  typedResult,
  withIcons,
  withMeta,
  withTitle,
} from './shapes.ts';

/** Prompts: message templates that a server offers to people (page `server/prompts`). */
export const prompts = {
  '2024-11-05': {
    Prompt: Type.Object({
      name: Type.String(),
      description: optionalString,
      arguments: optionalListOf('PromptArgument'),
    }),
    PromptArgument: Type.Object({ name: Type.String(), description: optionalString, required: optionalBoolean }),
    PromptMessage: Type.Object({ role: Type.Ref('Role'), content: Type.Ref('ContentBlock') }),
    ListPromptsRequest: request('prompts/list', optionalRef('PaginatedRequestParams')),
    ListPromptsResult: result({ ...nextPage, prompts: listOf('Prompt') }),
    GetPromptRequest: request('prompts/get', Type.Ref('GetPromptRequestParams')),
    GetPromptRequestParams: requestParams({ name: Type.String(), arguments: Type.Optional(mapOf(Type.String())) }),
    GetPromptResult: result({ description: optionalString, messages: listOf('PromptMessage') }),
    PromptListChangedNotification: notification(
      'notifications/prompts/list_changed',
      optionalRef('NotificationParams'),
    ),
  },
  '2025-06-18': {
    Prompt: alters({ ...withTitle, ...withMeta }),
    PromptArgument: alters(withTitle),
  },
  '2025-11-25': { Prompt: alters(withIcons) },
  '2026-07-28': {
    ListPromptsRequest: alters({ params: Type.Ref('PaginatedRequestParams') }),
    ListPromptsResult: alters(cacheable),
    ListPromptsResultResponse: responseWith(Type.Ref('ListPromptsResult')),
    GetPromptRequestParams: alters({ ...mustHaveMeta, ...retry }),
    GetPromptResult: alters(typedResult),
    GetPromptResultResponse: responseWith(anyOf('InputRequiredResult', 'GetPromptResult')),
  },
} satisfies Topic;
