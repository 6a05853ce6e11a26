import { describe } from 'vitest';
import type { Json, JsonObject } from '../../spec/messages.ts';
import { cachePages } from './cache-pages.ts';
import { request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const revision = '2026-07-28';

function page(cacheScope: Json, cursor: JsonObject = {}, next: JsonObject = {}): WrittenExchange {
  const _meta = { 'io.modelcontextprotocol/protocolVersion': revision };
  return {
    sent: request(1, 'tools/list', { _meta, ...cursor }),
    json: result(1, { resultType: 'complete', ttlMs: 0, cacheScope, tools: [], ...next }),
  };
}

const first = page('public', {}, { nextCursor: 'a' });

describe('the pages of a list', () => {
  holdsAgainst(cachePages, [
    {
      shows: 'the same scope',
      revision,
      exchanges: [first, page('public', { cursor: 'a' })],
      says: ['kept cache.same-scope-pages #2'],
    },
    {
      shows: 'another scope',
      revision,
      exchanges: [first, page('private', { cursor: 'a' })],
      says: ['broken cache.same-scope-pages #2'],
    },
    { shows: 'pages of two lists', revision, exchanges: [first, page('private', { cursor: 'b' })], says: [] },
    { shows: 'one page', revision, exchanges: [first], says: [] },
  ]);
});
