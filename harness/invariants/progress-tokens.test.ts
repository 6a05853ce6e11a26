import { describe } from 'vitest';
import type { Json, JsonObject } from '../../spec/messages.ts';
import { progressTokens } from './progress-tokens.ts';
import { notification, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenEvent, WrittenExchange } from './testing/trace-builder.ts';

const call = (token: Json, events: readonly WrittenEvent[], more: JsonObject = {}): WrittenExchange => ({
  session: 's',
  sent: request(1, 'tools/call', { name: 't', _meta: { progressToken: token }, ...more }),
  events,
});
const progress = (progressToken: Json, after?: number): WrittenEvent => ({
  data: notification('notifications/progress', { progressToken, progress: 1 }),
  ...(after === undefined ? {} : { after }),
});
const answer = { data: result(1) };
const listen: WrittenExchange = { session: 's', method: 'GET', at: 0 };
const kept = (at: number) => `kept progress.known-token #${at}`;
const KNOWN = 'broken progress.known-token #1';

describe('progress tokens', () => {
  holdsAgainst(progressTokens, [
    {
      shows: 'progress and then the response',
      exchanges: [call('t', [progress('t'), answer])],
      says: [kept(1), 'kept progress.stop-after-completion #1'],
    },
    { shows: 'a token that nobody gave', exchanges: [call('t', [progress('u'), answer])], says: [KNOWN] },
    { shows: 'a string in place of the number', exchanges: [call(0, [progress('0'), answer])], says: [KNOWN] },
    {
      shows: 'no token at all',
      exchanges: [call('t', [{ data: notification('notifications/progress', { progress: 1 }) }])],
      says: [KNOWN],
    },
    {
      shows: 'a token of another session',
      exchanges: [call('t', []), { ...listen, session: 'other', at: 1_000, events: [progress('t')] }],
      says: ['broken progress.known-token #2'],
    },
    {
      shows: 'progress after the response',
      exchanges: [call('t', [answer, progress('t')])],
      says: [kept(1), 'broken progress.stop-after-completion #1'],
    },
    {
      shows: 'progress long after the response on another stream: a warning',
      exchanges: [{ ...listen, events: [progress('t', 2_000)] }, call('t', [answer])],
      says: [kept(1), 'broken progress.stop-after-completion #1 (warn)'],
    },
    {
      shows: 'progress right after the response on another stream',
      exchanges: [{ ...listen, events: [progress('t', 1_100)] }, call('t', [answer])],
      says: [kept(1)],
    },
    {
      shows: 'progress of a task after its response',
      exchanges: [call('t', [answer, progress('t')], { task: {} })],
      says: [kept(1)],
    },
    {
      shows: 'progress that leaves the stream of the response when that is over: a warning',
      exchanges: [call('t', [progress('t'), answer]), { ...listen, events: [progress('t', 200)] }],
      says: [
        kept(1),
        kept(2),
        'broken progress.stop-after-completion #2 (warn)',
        'kept progress.stop-after-completion #1',
      ],
    },
    {
      shows: 'late progress for a token that a later request gave again',
      exchanges: [
        call('t', [answer, progress('t', 3_000)]),
        { ...call('t', []), sent: request(2, 'tools/call', { _meta: { progressToken: 't' } }) },
      ],
      says: [kept(1)],
    },
    {
      shows: 'progress that is replayed',
      exchanges: [
        call('t', [answer]),
        { ...listen, at: 3_000, headers: { 'Last-Event-ID': '1' }, events: [progress('t')] },
      ],
      says: [kept(2)],
    },
    {
      shows: 'progress before and after the response',
      exchanges: [call('t', [progress('t'), answer, progress('t')])],
      says: [kept(1), 'broken progress.stop-after-completion #1'],
    },
    {
      shows: 'progress on another request that is still running',
      exchanges: [
        call('t', [answer]),
        { ...call('u', [progress('u')]), sent: request(1, 'tools/call', { _meta: { progressToken: 'u' } }) },
      ],
      says: [kept(2)],
    },
    {
      shows: 'progress of a task that its response names',
      exchanges: [call('t', [{ data: result(1, { task: { taskId: 'x' } }) }, progress('t')])],
      says: [kept(1)],
    },
    {
      shows: 'progress before the response, and after it, over stdio',
      transport: 'stdio',
      exchanges: [
        { ...call('t', []), lines: [progress('t').data ?? null, result(1)] },
        { sent: request(2, 'ping'), lines: [progress('t').data ?? null] },
      ],
      says: [kept(1), kept(2), 'broken progress.stop-after-completion #2'],
    },
    {
      shows: 'progress that comes with a later request over stdio',
      transport: 'stdio',
      exchanges: [
        { ...call('t', []), lines: [] },
        { sent: request(2, 'ping'), lines: [progress('t').data ?? null, result(1)] },
      ],
      says: [kept(2), 'kept progress.stop-after-completion #1'],
    },
    {
      shows: 'progress after the response on the one stream of the older transport',
      revision: '2024-11-05',
      transport: 'http+sse',
      exchanges: [
        { method: 'GET', at: 0, events: [{ data: result(1), after: 2_000 }, progress('t', 2_010)] },
        call('t', []),
      ].map(({ session: _, ...one }: WrittenExchange) => one),
      says: [kept(1), 'broken progress.stop-after-completion #1'],
    },
    { shows: 'silence without progress', exchanges: [call('t', [answer])], says: [] },
  ]);
});
