import { describe } from 'vitest';
import { messageNames } from './message-names.ts';
import { notification, opened } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const said = (...methods: string[]): WrittenExchange[] => [
  opened({ revision: '2025-11-25', session: 's' }),
  { session: 's', method: 'GET', events: methods.map((method) => ({ data: notification(method) })) },
];
const WRONG = [
  'notifications/tools/listChanged',
  'notifications/tool/list_changed',
  'notifications/tools/list-changed',
  'notifications/resource/updated',
  'notifications/logging/message',
  'notifications/canceled',
  'tools/list_changed',
];

describe('the names of notifications', () => {
  holdsAgainst(messageNames, [
    {
      shows: 'nothing on those of the specification',
      exchanges: said('notifications/tools/list_changed', 'notifications/message', 'notifications/tasks/status'),
      says: [],
    },
    {
      shows: 'nothing on those that an extension may have',
      exchanges: said('notifications/orders/changed', 'com.example/hello', 'notifications/hello'),
      says: [],
    },
    ...WRONG.map((method) => ({
      shows: `a warning on ${method}`,
      exchanges: said(method),
      says: ['broken jsonrpc.schema #2 (warn)'],
    })),
  ]);
});
