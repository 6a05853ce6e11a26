import { describe } from 'vitest';
import { resourceUpdates } from './resource-updates.ts';
import { notification, opened, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const open = opened({ revision: '2025-11-25', session: 's' });
const updated = notification('notifications/resources/updated', { uri: 'a://1' });
const listen: WrittenExchange = { session: 's', method: 'GET', at: 2_000, events: [{ data: updated, after: 1_000 }] };
const subscribe: WrittenExchange = {
  session: 's',
  at: 1_500,
  sent: request(1, 'resources/subscribe', { uri: 'a://1' }),
  json: result(1),
};
const unsubscribe: WrittenExchange = {
  session: 's',
  sent: request(2, 'resources/unsubscribe', { uri: 'a://1' }),
  json: result(2),
};

describe('updates of resources', () => {
  holdsAgainst(resourceUpdates, [
    {
      shows: 'that they come to who has subscribed',
      exchanges: [open, subscribe, listen],
      says: ['kept resources.updated-subscribed #3'],
    },
    {
      shows: 'that they come to who has not',
      exchanges: [open, listen],
      says: ['broken resources.updated-subscribed #2'],
    },
    {
      shows: 'that they go on after the end of the subscription',
      exchanges: [open, subscribe, { ...unsubscribe, at: 1_600 }, listen],
      says: ['broken resources.updated-subscribed #4'],
    },
    {
      shows: 'that they crossed with the end of the subscription',
      exchanges: [open, subscribe, { ...unsubscribe, at: 2_900 }, listen],
      says: ['kept resources.updated-subscribed #4'],
    },
    {
      shows: 'that they came before',
      exchanges: [open, listen, { ...subscribe, at: 4_000 }],
      says: ['broken resources.updated-subscribed #2'],
    },
  ]);
});
