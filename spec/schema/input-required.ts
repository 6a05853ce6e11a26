import Type from 'typebox';
import type { Topic } from './layers.ts';
import {
  anyOf,
  mapOf,
  mustHaveMeta,
  optionalRef,
  optionalString,
  requestParams,
  result,
  typedResult,
} from './shapes.ts';

/** The members with which a client sends a request again, answering what the server asked for. */
export const retry = { inputResponses: optionalRef('InputResponses'), requestState: optionalString };

/** Results that ask the client for more before they can be complete (2026-07-28, page `basic/patterns/mrtr`). */
export const inputRequired = {
  '2026-07-28': {
    InputRequest: anyOf('CreateMessageRequest', 'ListRootsRequest', 'ElicitRequest'),
    InputRequests: mapOf(Type.Ref('InputRequest')),
    InputResponse: anyOf('CreateMessageResult', 'ListRootsResult', 'ElicitResult'),
    InputResponses: mapOf(Type.Ref('InputResponse')),
    InputRequiredResult: result({
      ...typedResult,
      inputRequests: optionalRef('InputRequests'),
      requestState: optionalString,
    }),
    InputResponseRequestParams: requestParams({ ...mustHaveMeta, ...retry }),
  },
} satisfies Topic;
