import { describe } from 'vitest';
import type { Json } from '../../spec/messages.ts';
import { progressValues } from './progress-values.ts';
import { notification, request } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const stream = (...steps: (readonly [token: Json, progress: Json])[]): WrittenExchange => ({
  session: 's',
  sent: request(1, 'tools/call'),
  events: steps.map(([progressToken, progress]) => ({
    data: notification('notifications/progress', { progressToken, progress }),
  })),
});
const KEPT = 'kept progress.increases #1';
const BROKEN = 'broken progress.increases #1';

describe('progress values', () => {
  holdsAgainst(progressValues, [
    { shows: 'values that rise', exchanges: [stream(['t', 0], ['t', 0.5], ['t', 2])], says: [KEPT] },
    { shows: 'a value that stays', exchanges: [stream(['t', 1], ['t', 1])], says: [BROKEN] },
    { shows: 'a value that falls', exchanges: [stream(['t', 2], ['t', 1], ['t', 3])], says: [BROKEN] },
    {
      shows: 'the values of two tokens mixed',
      exchanges: [stream(['t', 5], ['u', 1], ['t', 6], ['u', 2])],
      says: [KEPT],
    },
    {
      shows: 'a value that falls between two requests over stdio',
      transport: 'stdio',
      exchanges: [2, 1].map((progress, at) => ({
        sent: request(at, 'ping'),
        lines: [notification('notifications/progress', { progressToken: 't', progress })],
      })),
      says: ['broken progress.increases #1'],
    },
    {
      shows: 'silence on a token that a later request gave again',
      transport: 'stdio',
      exchanges: [2, 1].map((progress, at) => ({
        sent: request(at, 'tools/call', { _meta: { progressToken: 't' } }),
        lines: [notification('notifications/progress', { progressToken: 't', progress })],
      })),
      says: [],
    },
    { shows: 'silence on a single value', exchanges: [stream(['t', 1])], says: [] },
    { shows: 'silence on values on different streams', exchanges: [stream(['t', 2]), stream(['t', 1])], says: [] },
    { shows: 'nothing against values that are no numbers', exchanges: [stream(['t', 'a'], ['t', 'a'])], says: [KEPT] },
  ]);
});
