import Type from 'typebox';
import { alters, type Topic } from './layers.ts';
import { envelope, mustHaveMeta, optionalRef, requestParams, result, typedResult } from './shapes.ts';

/** The member that continues a list. */
export const nextPage = { nextCursor: optionalRef('Cursor') };

/** Lists that come in pages (page `server/utilities/pagination`). */
export const pagination = {
  '2024-11-05': {
    Cursor: Type.String(),
    PaginatedRequest: Type.Object({
      ...envelope,
      id: Type.Ref('RequestId'),
      method: Type.String(),
      params: optionalRef('PaginatedRequestParams'),
    }),
    PaginatedRequestParams: requestParams({ cursor: optionalRef('Cursor') }),
    PaginatedResult: result(nextPage),
  },
  '2026-07-28': {
    PaginatedRequest: alters({ params: Type.Ref('PaginatedRequestParams') }),
    PaginatedRequestParams: alters(mustHaveMeta),
    PaginatedResult: alters(typedResult),
  },
} satisfies Topic;
