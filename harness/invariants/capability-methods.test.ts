import { describe } from 'vitest';
import type { JsonObject } from '../../spec/messages.ts';
import { capabilityMethods } from './capability-methods.ts';
import { failure, opened, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const RULE = 'lifecycle.op.negotiated-capabilities #2';
const subscribed = (offers: JsonObject, json: JsonObject): WrittenExchange[] => [
  opened({ revision: '2025-11-25', session: 's', offers }),
  { session: 's', sent: request(1, 'resources/subscribe', { uri: 'a://1' }), json },
];

describe('the methods of a capability', () => {
  holdsAgainst(capabilityMethods, [
    {
      shows: 'that it has them',
      exchanges: subscribed({ resources: { subscribe: true } }, result(1)),
      says: [`kept ${RULE}`],
    },
    {
      shows: 'that it does not know them',
      exchanges: subscribed({ resources: { subscribe: true } }, failure(1, -32601)),
      says: [`broken ${RULE} (warn)`],
    },
    {
      shows: 'that it has them, though it refuses this once',
      exchanges: subscribed({ resources: { subscribe: true } }, failure(1, -32002)),
      says: [`kept ${RULE}`],
    },
    { shows: 'nothing without the capability', exchanges: subscribed({ resources: {} }, failure(1, -32601)), says: [] },
  ]);
});
