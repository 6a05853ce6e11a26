import { describe } from 'vitest';
import { sseResumption } from './sse-resumption.ts';
import { notification, opened, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenEvent, WrittenExchange } from './testing/trace-builder.ts';

const open = opened({ revision: '2025-11-25', session: 's' });
const asked = (id: string, events: readonly WrittenEvent[]): WrittenExchange => ({
  session: 's',
  sent: request(id, 'ping'),
  events,
});
const resumed = (from: string, ...answers: string[]): WrittenExchange => ({
  session: 's',
  method: 'GET',
  headers: { 'Last-Event-ID': from },
  events: answers.map((id) => ({ data: result(id) })),
});
const one = asked('one', [
  { id: '1', data: '' },
  { id: '2', data: result('one') },
]);
const two = asked('two', [{ id: '3', data: result('two') }]);
const left = (events: readonly WrittenEvent[]) => asked('left', events);

describe('streams that are left and resumed', () => {
  holdsAgainst(sseResumption, [
    {
      shows: 'the rest of the stream',
      exchanges: [open, one, two, resumed('1', 'one')],
      says: ['kept sse.resume.no-cross-stream #4', 'kept sse.resume.replay #4', 'kept sse.resume.server-may #4'],
    },
    {
      shows: 'the rest of another',
      exchanges: [open, one, two, resumed('1', 'two')],
      says: ['broken sse.resume.no-cross-stream #4'],
    },
    { shows: 'silence where nothing comes', exchanges: [open, one, resumed('1')], says: [] },
    { shows: 'silence on an id that was not seen', exchanges: [open, one, two, resumed('9', 'two')], says: [] },
    {
      shows: 'a connection that is closed with a word',
      exchanges: [
        open,
        left([
          { id: '1', data: '' },
          { id: '2', retry: 50, data: '' },
        ]),
      ],
      says: ['kept sse.poll.server-close #2', 'kept sse.poll.retry-field #2'],
    },
    {
      shows: 'a connection that is closed without',
      exchanges: [open, left([{ id: '1', data: '' }])],
      says: ['kept sse.poll.server-close #2', 'broken sse.poll.retry-field #2'],
    },
    {
      shows: 'silence where the response cannot be read',
      exchanges: [
        open,
        {
          session: 's',
          sent: request('left', 'ping'),
          type: 'text/event-stream',
          body: `id: 1\ndata:\n\n${JSON.stringify(result('left'))}\n\n`,
        },
      ],
      says: [],
    },
    {
      shows: 'silence where the request was cancelled',
      exchanges: [
        open,
        left([{ id: '1', data: '' }]),
        { session: 's', sent: notification('notifications/cancelled', { requestId: 'left' }), status: 202, type: null },
      ],
      says: [],
    },
    { shows: 'silence without ids, where nothing can be resumed', exchanges: [open, left([{ data: '' }])], says: [] },
  ]);
});
