import { describe } from 'vitest';
import type { JsonObject } from '../../spec/messages.ts';
import type { Revision } from '../../spec/revisions.ts';
import { capabilityClient } from './capability-client.ts';
import { opened, request } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const trace = (
  declares: JsonObject,
  method: string,
  params?: JsonObject,
  revision: Revision = '2025-11-25',
): WrittenExchange[] => [
  opened({ revision, session: 's', declares }),
  { session: 's', method: 'GET', events: [{ data: request('r', method, params) }] },
];
const KEPT = 'kept lifecycle.op.negotiated-capabilities #2';
const BROKEN = 'broken lifecycle.op.negotiated-capabilities #2';

describe('what the server asks of the client', () => {
  holdsAgainst(capabilityClient, [
    { shows: 'what the client declared', exchanges: trace({ roots: {} }, 'roots/list'), says: [KEPT] },
    { shows: 'roots not declared', exchanges: trace({ sampling: {} }, 'roots/list'), says: [BROKEN] },
    { shows: 'sampling not declared', exchanges: trace({}, 'sampling/createMessage'), says: [BROKEN] },
    { shows: 'elicitation not declared', exchanges: trace({}, 'elicitation/create'), says: [BROKEN] },
    { shows: 'tasks.list not declared', exchanges: trace({ tasks: { cancel: {} } }, 'tasks/list'), says: [BROKEN] },
    {
      shows: 'an elicitation by URL from a client that declared none in particular',
      exchanges: trace({ elicitation: {} }, 'elicitation/create', { mode: 'url' }),
      says: [KEPT, 'broken elicit.server-respects-modes #2'],
    },
    {
      shows: 'an elicitation without mode from a client that has URLs only',
      exchanges: trace({ elicitation: { url: {} } }, 'elicitation/create', {}),
      says: [KEPT, 'broken elicit.server-respects-modes #2'],
    },
    {
      shows: 'an elicitation in a declared mode',
      exchanges: trace({ elicitation: { url: {} } }, 'elicitation/create', { mode: 'url' }),
      says: [KEPT, 'kept elicit.server-respects-modes #2'],
    },
    {
      shows: 'tools in sampling that the client did not declare',
      exchanges: trace({ sampling: {} }, 'sampling/createMessage', { tools: [] }),
      says: [KEPT, 'broken sampling.tools-only-if-declared #2'],
    },
    {
      shows: 'tools in sampling that the client declared',
      exchanges: trace({ sampling: { tools: {} } }, 'sampling/createMessage', { tools: [] }),
      says: [KEPT, 'kept sampling.tools-only-if-declared #2'],
    },
    { shows: 'sampling without tools', exchanges: trace({ sampling: {} }, 'sampling/createMessage', {}), says: [KEPT] },
    {
      shows: 'a tool choice that the client did not declare',
      exchanges: trace({ sampling: {} }, 'sampling/createMessage', { toolChoice: {} }),
      says: [KEPT, 'broken sampling.tools-only-if-declared #2'],
    },
    {
      shows: 'silence under a header of another revision',
      exchanges: trace({}, 'roots/list').map((one) => ({ ...one, headers: { 'MCP-Protocol-Version': '2025-06-18' } })),
      says: [],
    },
    { shows: 'silence on pings', exchanges: trace({}, 'ping'), says: [] },
    {
      shows: 'silence on methods that the revision does not have',
      revision: '2025-03-26',
      exchanges: trace({}, 'elicitation/create', {}, '2025-03-26'),
      says: [],
    },
    {
      shows: 'silence where nobody knows what the client declared',
      exchanges: trace({}, 'roots/list').slice(1),
      says: [],
    },
  ]);
});
