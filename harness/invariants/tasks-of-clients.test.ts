import { describe } from 'vitest';
import type { JsonObject } from '../../spec/messages.ts';
import { tasksOfClients } from './tasks-of-clients.ts';
import { opened, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const sampling = { requests: { sampling: { createMessage: {} } } };
const open = (tasks?: JsonObject) => ({
  ...opened({ revision: '2025-11-25', session: 's', declares: { sampling: {}, ...(tasks ? { tasks } : {}) } }),
  at: 0,
});
const asks = (method: string, params: JsonObject, after = 0, id = after) => ({
  after,
  data: request(id, method, params),
});
const heard = (...events: readonly { readonly after: number; readonly data: JsonObject }[]): WrittenExchange => ({
  session: 's',
  at: 1_000,
  sent: request(1, 'tools/call'),
  events,
  endsAfter: 5_000,
});
const sample = asks('sampling/createMessage', { task: { ttl: 1 } });
const look = (after: number, more: JsonObject = {}) => asks('tasks/get', { taskId: 't', ...more }, after);
const described: WrittenExchange = {
  session: 's',
  at: 1_005,
  sent: result(0, { task: { taskId: 't', status: 'working', pollInterval: 100 } }),
  status: 202,
  type: null,
};
const unrelated = 'kept tasks.related-not-in-requests #2';

describe('tasks that clients run for a server', () => {
  holdsAgainst(tasksOfClients, [
    {
      shows: 'a plain question to a client without tasks',
      exchanges: [open(), heard(asks('sampling/createMessage', {}))],
      says: ['kept tasks.no-create-without-capability #2'],
    },
    {
      shows: 'a task wanted of a client without tasks',
      exchanges: [open(), heard(sample)],
      says: ['broken tasks.no-create-without-capability #2'],
    },
    {
      shows: 'a task wanted of a client that can run it',
      exchanges: [open(sampling), heard(sample)],
      says: ['kept tasks.only-if-declared #2'],
    },
    {
      shows: 'a task wanted of a client that runs others',
      exchanges: [open({ requests: { elicitation: { create: {} } } }), heard(sample)],
      says: ['broken tasks.only-if-declared #2'],
    },
    {
      shows: 'looks as often as is suggested',
      exchanges: [open(sampling), heard(look(10), look(110)), described],
      says: [unrelated, 'kept tasks.poll-interval #2'],
    },
    {
      shows: 'looks far more often',
      exchanges: [open(sampling), heard(look(10), look(30)), described],
      says: [unrelated, 'broken tasks.poll-interval #2'],
    },
    {
      shows: 'looks where nothing is suggested',
      exchanges: [open(sampling), heard(look(10), look(30))],
      says: [unrelated],
    },
    {
      shows: 'a look that names its task twice',
      exchanges: [
        open(sampling),
        heard(look(10, { _meta: { 'io.modelcontextprotocol/related-task': { taskId: 't' } } })),
      ],
      says: ['broken tasks.related-not-in-requests #2'],
    },
  ]);
});
