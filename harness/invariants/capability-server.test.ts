import { describe } from 'vitest';
import type { JsonObject } from '../../spec/messages.ts';
import { capabilityServer } from './capability-server.ts';
import { notification, opened } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const trace = (offers: JsonObject, ...methods: string[]): WrittenExchange[] => [
  opened({ revision: '2025-11-25', session: 's', offers }),
  { session: 's', method: 'GET', events: methods.map((method) => ({ data: notification(method) })) },
];
const LISTS = ['tools', 'prompts', 'resources'].map((feature) => `notifications/${feature}/list_changed`);
const NEGOTIATED = 'lifecycle.op.negotiated-capabilities #2';
const PROMPTS = 'prompts.capability-negotiation #2';

describe('what the server says by itself', () => {
  holdsAgainst(capabilityServer, [
    {
      shows: 'log messages after logging was declared',
      exchanges: trace({ logging: {} }, 'notifications/message'),
      says: ['kept log.capability #2'],
    },
    {
      shows: 'log messages without logging',
      exchanges: trace({}, 'notifications/message'),
      says: ['broken log.capability #2'],
    },
    {
      shows: 'changes of lists that were declared',
      exchanges: trace(
        { tools: { listChanged: true }, prompts: { listChanged: true }, resources: { listChanged: true } },
        ...LISTS,
      ),
      says: [`kept ${NEGOTIATED}`, `kept ${PROMPTS}`],
    },
    {
      shows: 'changes of lists that were not declared',
      exchanges: trace({ tools: {}, prompts: { listChanged: false } }, ...LISTS),
      says: ['', 'prompts', ''].flatMap((feature) => [
        `broken ${NEGOTIATED}`,
        ...(feature === 'prompts' ? [`broken ${PROMPTS}`] : []),
      ]),
    },
    {
      shows: 'updates of resources without subscribe',
      exchanges: trace({ resources: { listChanged: true } }, 'notifications/resources/updated'),
      says: [`broken ${NEGOTIATED}`],
    },
    {
      shows: 'the status of tasks without tasks',
      exchanges: trace({}, 'notifications/tasks/status'),
      says: [`broken ${NEGOTIATED}`],
    },
    {
      shows: 'silence on notifications that need nothing',
      exchanges: trace({}, 'notifications/progress', 'notifications/cancelled'),
      says: [],
    },
    {
      shows: 'silence under a header of another revision',
      exchanges: trace({}, ...LISTS).map((one) => ({ ...one, headers: { 'MCP-Protocol-Version': '2025-06-18' } })),
      says: [],
    },
    { shows: 'silence where nobody knows what the server declared', exchanges: trace({}, ...LISTS).slice(1), says: [] },
  ]);
});
