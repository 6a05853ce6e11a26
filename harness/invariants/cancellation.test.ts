import { describe } from 'vitest';
import { cancellation } from './cancellation.ts';
import { notification, opened, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const open = opened({ revision: '2025-11-25', session: 's' });
const NO_RESPONSE = 'cancel.receiver.no-response #2';
const progress = notification('notifications/progress', { progressToken: 't', progress: 1 });

/** A call that begins at 1000 and gets messages at times after that. */
const running = (events: WrittenExchange['events'], more: Partial<WrittenExchange> = {}): WrittenExchange => ({
  session: 's',
  at: 1_000,
  sent: request('slow', 'tools/call', { name: 'slow', _meta: { progressToken: 't' } }),
  events: events ?? [],
  end: 'closed-by-harness',
  endsAfter: 5_000,
  ...more,
});
const cancelled: WrittenExchange = {
  session: 's',
  at: 1_500,
  sent: notification('notifications/cancelled', { requestId: 'slow' }),
  status: 202,
  type: null,
  body: '',
};
const unbound = ({ session: _, ...exchange }: WrittenExchange): WrittenExchange => exchange;
const answered = (after: number) => ({ data: result('slow', { content: [] }), after });

describe('a cancelled request', () => {
  holdsAgainst(cancellation, [
    { shows: 'no answer', exchanges: [open, running([]), cancelled], says: [`kept ${NO_RESPONSE}`] },
    {
      shows: 'an answer at once that tells of the cancellation',
      exchanges: [
        open,
        running([
          { data: { jsonrpc: '2.0', id: 'slow', error: { code: -32800, message: 'Request cancelled' } }, after: 520 },
        ]),
        cancelled,
      ],
      says: [`broken ${NO_RESPONSE}`],
    },
    {
      shows: 'an answer long after',
      exchanges: [open, running([answered(4_000)]), cancelled],
      says: [`broken ${NO_RESPONSE}`],
    },
    {
      shows: 'silence where the two may have crossed',
      exchanges: [open, running([answered(600)]), cancelled],
      says: [],
    },
    {
      shows: 'an answer at once, where the same call otherwise takes its time',
      exchanges: [
        open,
        running([answered(600)]),
        cancelled,
        {
          session: 's',
          at: 7_000,
          sent: request('again', 'tools/call', { name: 'slow' }),
          events: [{ data: result('again', { content: [] }), after: 2_000 }],
        },
      ],
      says: [`broken ${NO_RESPONSE}`],
    },
    { shows: 'silence on what had been answered', exchanges: [open, running([answered(100)]), cancelled], says: [] },
    {
      shows: 'a stream that the server ends without an answer',
      exchanges: [open, running([], { end: 'complete', endsAfter: 600 }), cancelled],
      says: [`kept ${NO_RESPONSE}`],
    },
    {
      shows: 'silence where nobody waited',
      exchanges: [open, running([], { endsAfter: 600 }), cancelled],
      says: [],
    },
    {
      shows: 'progress before it only',
      exchanges: [open, running([{ data: progress, after: 100 }]), cancelled],
      says: [`kept ${NO_RESPONSE}`, 'kept cancel.receiver.stop #2'],
    },
    {
      shows: 'progress long after',
      exchanges: [open, running([{ data: progress, after: 4_000 }]), cancelled],
      says: [`kept ${NO_RESPONSE}`, 'broken cancel.receiver.stop #2'],
    },
    {
      shows: 'silence where the cancellation was refused',
      exchanges: [open, running([answered(4_000)]), { ...cancelled, status: 400 }],
      says: [],
    },
    {
      shows: 'silence without sessions, where the request is unknown',
      exchanges: [opened({ revision: '2025-11-25' }), unbound(running([answered(4_000)])), unbound(cancelled)],
      says: [],
    },
  ]);
});
