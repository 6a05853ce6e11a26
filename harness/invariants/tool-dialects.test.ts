import { describe } from 'vitest';
import type { JsonObject } from '../../spec/messages.ts';
import { opened, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';
import { toolDialects } from './tool-dialects.ts';

const open = opened({ revision: '2025-11-25', session: 's' });
const listed = (...schemas: JsonObject[]): WrittenExchange => ({
  session: 's',
  sent: request(1, 'tools/list'),
  json: result(1, { tools: schemas.map((inputSchema) => ({ name: 't', inputSchema })) }),
});
const DRAFT_07 = { $schema: 'http://json-schema.org/draft-07/schema#' };

describe('the dialect of schemas', () => {
  holdsAgainst(toolDialects, [
    { shows: 'none, which means 2020-12', exchanges: [open, listed({})], says: ['kept schema.recommend-2020-12 #2'] },
    {
      shows: '2020-12 by name',
      exchanges: [open, listed({ $schema: 'https://json-schema.org/draft/2020-12/schema' })],
      says: ['kept schema.recommend-2020-12 #2'],
    },
    {
      shows: 'another, said once however many have it',
      exchanges: [open, listed({}, DRAFT_07, DRAFT_07)],
      says: ['broken schema.recommend-2020-12 #2', 'kept schema.explicit-dialect #2'],
    },
    { shows: 'silence where no schema is', exchanges: [open, listed()], says: [] },
  ]);
});
