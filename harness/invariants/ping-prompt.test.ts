import { describe } from 'vitest';
import { pingPrompt } from './ping-prompt.ts';
import { opened, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

/** A call that begins at 1000 and takes two seconds, and a ping at 1100. */
const during = (pong: number, took = 2_000): WrittenExchange[] => [
  opened({ revision: '2025-11-25', session: 's' }),
  {
    session: 's',
    at: 1_000,
    sent: request(1, 'tools/call', { name: 'slow' }),
    events: [{ data: result(1), after: took }],
  },
  { session: 's', at: 1_100, sent: request(2, 'ping'), events: [{ data: result(2), after: pong }] },
];

describe('a ping beside a slow call', () => {
  holdsAgainst(pingPrompt, [
    { shows: 'nothing when it is answered first', exchanges: during(50), says: [] },
    { shows: 'that it was kept waiting', exchanges: during(1_910), says: ['broken ping.respond #3 (warn)'] },
    { shows: 'nothing when it is slow for itself', exchanges: during(1_500, 2_900), says: [] },
    { shows: 'nothing when the call was all but done', exchanges: during(2_000, 300), says: [] },
  ]);
});
