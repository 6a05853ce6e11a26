import { describe } from 'vitest';
import { ssePostStreams } from './sse-post-streams.ts';
import { notification, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenEvent, WrittenExchange } from './testing/trace-builder.ts';

const ask = (...events: WrittenEvent[]): WrittenExchange => ({ session: 's', sent: request(1, 'tools/call'), events });
const answer = { data: result(1) };
const note = { data: notification('notifications/message') };
const KEPT = ['kept sse.post.eventually-response #1', 'kept sse.post.no-early-close #1'];
const EARLY = 'broken sse.post.no-early-close #1';
const NEVER = 'broken sse.post.eventually-response #1';

describe('POST streams', () => {
  holdsAgainst(ssePostStreams, [
    { shows: 'messages and then the response', exchanges: [ask(note, answer)], says: KEPT },
    {
      shows: 'a response on a stream that stays open',
      exchanges: [{ ...ask(answer), end: 'closed-by-harness' }],
      says: KEPT.slice(0, 1),
    },
    {
      shows: 'an end without the response, up to 2025-06-18',
      revision: '2025-06-18',
      exchanges: [ask(note)],
      says: [EARLY],
    },
    {
      shows: 'an end after one response of two',
      revision: '2025-03-26',
      exchanges: [{ ...ask(answer), sent: [request(1, 'ping'), request(2, 'ping')] }],
      says: [EARLY],
    },
    { shows: 'an end without the response, from 2025-11-25 on', exchanges: [ask(note)], says: [NEVER] },
    {
      shows: 'a message after the response',
      exchanges: [ask(answer, note)],
      says: [...KEPT, 'broken sse.post.close-after-response #1'],
    },
    {
      shows: 'late progress, which is another rule’s',
      exchanges: [ask(answer, { data: notification('notifications/progress') })],
      says: KEPT,
    },
    { shows: 'silence on a server that lets the client poll', exchanges: [ask({ id: '1', data: '' })], says: [] },
    { shows: 'silence on a connection that broke', exchanges: [{ ...ask(note), end: 'broken' }], says: [] },
    {
      shows: 'silence on a cancelled request',
      exchanges: [ask(note), { session: 's', sent: notification('notifications/cancelled', { requestId: 1 }) }],
      says: [],
    },
    {
      shows: 'silence on a session that the client ended',
      exchanges: [
        { ...ask(note), endsAfter: 2_000 },
        { session: 's', method: 'DELETE', at: 1_000 },
      ],
      says: [],
    },
    {
      shows: 'silence on a session that expired',
      exchanges: [ask(note), { session: 's', sent: request(2, 'ping'), status: 404 }],
      says: [],
    },
    { shows: 'silence on a response under a wrong id', exchanges: [ask({ data: result(2) })], says: [] },
    {
      shows: 'silence on a batch of which one request is malformed',
      revision: '2025-03-26',
      exchanges: [{ ...ask(note), sent: [request(1, 'a'), { ...request(2, 'b'), params: [] }] }],
      says: [],
    },
    {
      shows: 'silence on a notification with an id',
      exchanges: [{ ...ask(note), sent: request(1, 'notifications/x') }],
      says: [],
    },
    {
      shows: 'silence on a body that is not framed as a stream',
      exchanges: [{ sent: request(1, 'a'), type: 'text/event-stream', body: '{"jsonrpc":"2.0"}\n\n' }],
      says: [],
    },
    {
      shows: 'silence on a stream that ends within an event',
      exchanges: [{ sent: request(1, 'a'), type: 'text/event-stream', body: 'data: {"json' }],
      says: [],
    },
    {
      shows: 'an event with an id among others without',
      exchanges: [ask({ data: note.data }, { id: '1', data: note.data })],
      says: [],
    },
    { shows: 'silence on a malformed request', exchanges: [{ ...ask(note), sent: request(null, 'ping') }], says: [] },
    { shows: 'silence on what is no stream', exchanges: [{ sent: request(1, 'ping'), json: result(1) }], says: [] },
  ]);
});
