import { describe } from 'vitest';
import { jsonRpcBatches } from './jsonrpc-batches.ts';
import { notification, opened, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';

const revision = '2025-06-18';
const open = opened({ revision, session: 's' });
const batch = {
  session: 's',
  sent: request(1, 'ping'),
  events: [{ data: [notification('notifications/x'), result(1)] }],
};

describe('arrays in events', () => {
  holdsAgainst(jsonRpcBatches, [
    {
      shows: 'an array where there are no batches',
      revision,
      exchanges: [open, batch],
      says: ['broken lifecycle.op.respect-version #2'],
    },
    {
      shows: 'an array in the stateless era',
      revision: '2026-07-28',
      exchanges: [
        {
          ...batch,
          sent: request(1, 'tools/list', { _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' } }),
        },
      ],
      says: ['broken jsonrpc.follows-2.0 #1'],
    },
    {
      shows: 'an empty array, in any revision',
      revision: '2025-03-26',
      exchanges: [{ ...batch, events: [{ data: '[ ]' }] }],
      says: ['broken jsonrpc.follows-2.0 #1'],
    },
    {
      shows: 'silence on a request of the stateless era that names no revision',
      revision: '2026-07-28',
      exchanges: [batch],
      says: [],
    },
    {
      shows: 'an array on a line',
      transport: 'stdio',
      revision,
      exchanges: [
        { ...opened({ revision }), lines: [opened({ revision }).json ?? null] },
        { sent: request(1, 'ping'), lines: [[result(1)]] },
      ],
      says: ['kept lifecycle.op.respect-version #1', 'broken lifecycle.op.respect-version #2'],
    },
    {
      shows: 'silence where the revision does not speak of batches',
      transport: 'stdio',
      revision: '2024-11-05',
      exchanges: [
        { ...opened({ revision: '2024-11-05' }), lines: [opened({ revision: '2024-11-05' }).json ?? null] },
        { sent: request(1, 'ping'), lines: [[result(1)]] },
      ],
      says: [],
    },
    {
      shows: 'silence where there are batches',
      revision: '2025-03-26',
      exchanges: [opened({ revision: '2025-03-26', session: 's' }), batch],
      says: [],
    },
    {
      shows: 'silence where a batch was sent',
      revision,
      exchanges: [open, { ...batch, sent: [batch.sent] }],
      says: [],
    },
    {
      shows: 'silence in a session of another revision',
      revision,
      exchanges: [opened({ revision, session: 's', negotiates: '2025-03-26' }), batch],
      says: [],
    },
    {
      shows: 'silence under a header of another revision',
      revision,
      exchanges: [open, { ...batch, headers: { 'MCP-Protocol-Version': '2025-03-26' } }],
      says: [],
    },
    {
      shows: 'single messages',
      revision,
      exchanges: [open, { ...batch, events: [{ data: result(1) }] }],
      says: ['kept lifecycle.op.respect-version #2'],
    },
  ]);
});
