import { describe } from 'vitest';
import { statefulPermissions } from './stateful-permissions.ts';
import { notification, opened, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';

const revision = '2025-03-26';
const session = 's';
const open = opened({ revision, session });
const ping = { session, sent: request(1, 'ping') };
const log = notification('notifications/message', { level: 'info', data: 'x' });

describe('what a server of the stateful era may do', () => {
  holdsAgainst(statefulPermissions, [
    { shows: 'nothing', revision, exchanges: [open, { ...ping, json: result(1) }], says: [] },
    {
      shows: 'messages ahead of the response',
      revision,
      exchanges: [open, { ...ping, events: [{ data: log }, { data: result(1) }] }],
      says: ['kept sse.post.server-messages-before #2'],
    },
    {
      shows: 'batches on a stream',
      revision,
      exchanges: [open, { ...ping, events: [{ data: [log] }, { data: [result(1)] }] }],
      says: [
        'kept sse.post.server-messages-before #2',
        'kept sse.post.batched-messages #2',
        'kept sse.post.batched-responses #2',
        'kept jsonrpc.batch.send-may #2',
      ],
    },
    {
      shows: 'a stream that it closes, not one that is closed by the client',
      revision,
      exchanges: [
        open,
        { session, method: 'GET', events: [{ data: log }] },
        { session, method: 'GET', events: [{ data: log }], end: 'closed-by-harness' },
      ],
      says: ['kept sse.get.server-close #2'],
    },
  ]);
});
