import { describe } from 'vitest';
import type { Json } from '../../spec/messages.ts';
import { ownCancellationsName } from './own-cancellations.ts';
import { notification, opened, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const revision = '2025-11-25';
const session = 's';
const open = opened({ revision, session });
const stream = (...said: Json[]): WrittenExchange => ({
  session,
  method: 'GET',
  events: said.map((data) => ({ data })),
});
const asks = request('q', 'sampling/createMessage', {});
const cancels = (params: { readonly [name: string]: Json }) => notification('notifications/cancelled', params);

describe('what the server cancels', () => {
  holdsAgainst(ownCancellationsName, [
    {
      shows: 'a request of its own',
      exchanges: [open, stream(asks, cancels({ requestId: 'q' }))],
      says: ['kept cancel.request-id #2', 'kept cancel.references-own-inflight #2'],
    },
    {
      shows: 'nothing in particular',
      exchanges: [open, stream(asks, cancels({ reason: 'enough' }))],
      says: ['broken cancel.request-id #2'],
    },
    {
      shows: 'nothing in particular, where there are tasks',
      exchanges: [open, stream(request('q', 'sampling/createMessage', { task: {} }), cancels({}))],
      says: ['broken cancel.request-id #2 (warn)'],
    },
    {
      shows: 'what was never seen, and may have gone where nobody listened',
      exchanges: [open, stream(cancels({ requestId: 'other' }))],
      says: ['kept cancel.request-id #2', 'broken cancel.references-own-inflight #2 (warn)'],
    },
    {
      shows: 'what was never asked on the only stream there is',
      transport: 'stdio',
      exchanges: [
        { ...open, lines: [open.json ?? null] },
        { sent: request(1, 'ping'), lines: [cancels({ requestId: 1 }), result(1)] },
      ],
      says: ['kept cancel.request-id #2', 'broken cancel.references-own-inflight #2'],
    },
    {
      shows: 'what was answered long before',
      exchanges: [open, stream(asks), { session, sent: result('q') }, stream(cancels({ requestId: 'q' }))],
      says: ['kept cancel.request-id #4', 'broken cancel.references-own-inflight #4'],
    },
    {
      shows: 'what was answered just now',
      exchanges: [
        open,
        stream(asks),
        { session, sent: result('q'), at: 2_000 },
        { ...stream(cancels({ requestId: 'q' })), at: 2_100 },
      ],
      says: ['kept cancel.request-id #4', 'kept cancel.references-own-inflight #4'],
    },
  ]);
});
