import { describe } from 'vitest';
import { lifecycleEarlyRequests } from './lifecycle-early-requests.ts';
import { confirmed, notification, opened, request } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenEvent, WrittenExchange } from './testing/trace-builder.ts';

const session = 's';
const open = opened({ revision: '2025-11-25', session });
const listen = (...events: WrittenEvent[]): WrittenExchange => ({
  session,
  method: 'GET',
  end: 'closed-by-harness',
  endsAfter: 9_000,
  events,
});
const roots = { data: request('r', 'roots/list') };
const RULE = 'lifecycle.init.server-no-early-requests';

describe('requests before the session is confirmed', () => {
  holdsAgainst(lifecycleEarlyRequests, [
    {
      shows: 'a request before',
      exchanges: [open, listen(roots), confirmed({ session })],
      says: [`broken ${RULE} #2`],
    },
    {
      shows: 'a request where nothing was ever confirmed',
      exchanges: [open, listen(roots)],
      says: [`broken ${RULE} #2`],
    },
    { shows: 'a request after', exchanges: [open, confirmed({ session }), listen(roots)], says: [`kept ${RULE} #3`] },
    {
      shows: 'pings and log messages before',
      exchanges: [
        open,
        listen({ data: request('p', 'ping') }, { data: notification('notifications/message') }),
        confirmed({ session }),
      ],
      says: [`kept ${RULE} #2`],
    },
    { shows: 'silence where no stream was open before', exchanges: [open, confirmed({ session }), listen()], says: [] },
    { shows: 'silence where no session was opened', exchanges: [listen(roots)], says: [] },
  ]);
});
