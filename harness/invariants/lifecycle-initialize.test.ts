import { describe } from 'vitest';
import type { Json } from '../../spec/messages.ts';
import { lifecycleInitialize } from './lifecycle-initialize.ts';
import { failure, opened, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';

const sent = request(1, 'initialize', {
  protocolVersion: '2025-11-25',
  capabilities: {},
  clientInfo: { name: 't', version: '0' },
});
const complete = { protocolVersion: '2025-11-25', capabilities: {}, serverInfo: { name: 's', version: '1' } };
const answered = (value: Json) => [{ sent, json: result(1, value) }];
const BROKEN = 'broken lifecycle.init.server-response #1';

describe('the result of initialize', () => {
  holdsAgainst(lifecycleInitialize, [
    {
      shows: 'all it needs',
      exchanges: [opened({ revision: '2025-11-25' })],
      says: ['kept lifecycle.init.server-response #1'],
    },
    { shows: 'nothing of what it needs', exchanges: answered({}), says: [BROKEN, BROKEN, BROKEN] },
    { shows: 'null', exchanges: answered(null), says: [BROKEN] },
    {
      shows: 'a serverInfo without a version',
      exchanges: answered({ ...complete, serverInfo: { name: 's' } }),
      says: [BROKEN],
    },
    { shows: 'capabilities as a list', exchanges: answered({ ...complete, capabilities: [] }), says: [BROKEN] },
    {
      shows: 'a version that is a number',
      exchanges: answered({ ...complete, protocolVersion: 2025 }),
      says: [BROKEN],
    },
    { shows: 'silence on an error', exchanges: [{ sent, json: failure(1) }], says: [] },
    { shows: 'silence on other requests', exchanges: [{ sent: request(1, 'ping'), json: result(1) }], says: [] },
  ]);
});
