import { describe } from 'vitest';
import type { Json } from '../../spec/messages.ts';
import { ownProgressTokens } from './own-progress-tokens.ts';
import { notification, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const session = 's';
const asks = (id: Json, progressToken?: Json) =>
  request(id, 'roots/list', { _meta: progressToken === undefined ? {} : { progressToken } });
const stream = (...said: Json[]): WrittenExchange => ({
  session,
  method: 'GET',
  events: said.map((data) => ({ data })),
});
const type = (at = 1) => `kept progress.token-type #${at}`;

describe('progress tokens of the server', () => {
  holdsAgainst(ownProgressTokens, [
    { shows: 'none', exchanges: [stream(asks(1), asks(2))], says: [] },
    {
      shows: 'different ones at the same time',
      exchanges: [stream(asks(1, 'a'), asks(2, 'b'))],
      says: [type(), 'kept progress.token-unique #1'],
    },
    {
      shows: 'the same at the same time',
      exchanges: [stream(asks(1, 'a'), asks(2, 'a'))],
      says: [type(), 'broken progress.token-unique #1'],
    },
    { shows: 'a fraction', exchanges: [stream(asks(1, 1.5))], says: ['broken progress.token-type #1'] },
    {
      shows: 'the same once the first is answered',
      exchanges: [
        { ...stream(asks(1, 'a')), endsAfter: 900 },
        { session, sent: result(1), at: 100 },
        { ...stream(asks(2, 'a')), at: 300 },
      ],
      says: [type(), type(3)],
    },
    {
      shows: 'the same once the first is given up',
      exchanges: [stream(asks(1, 'a'), notification('notifications/cancelled', { requestId: 1 }), asks(2, 'a'))],
      says: [type()],
    },
    {
      shows: 'a number and a text that look alike',
      exchanges: [stream(asks(1, 1), asks(2, '1'))],
      says: [type(), 'kept progress.token-unique #1'],
    },
    {
      shows: 'the same much later, when the first may be given up',
      exchanges: [
        { ...stream(asks(1, 'a')), endsAfter: 9_000 },
        { ...stream(asks(2, 'a')), at: 3_000 },
      ],
      says: [type(), type(2)],
    },
  ]);
});
