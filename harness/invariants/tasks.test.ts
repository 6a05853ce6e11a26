import { describe } from 'vitest';
import type { JsonObject } from '../../spec/messages.ts';
import { tasks } from './tasks.ts';
import { notification, opened, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const open = opened({ revision: '2025-11-25', session: 's' });
const now = '2025-11-25T10:30:00Z';
const task = { taskId: 't', status: 'working', createdAt: now, lastUpdatedAt: now, ttl: null };
const RELATED = { _meta: { 'io.modelcontextprotocol/related-task': { taskId: 't' } } };
const answered = (id: number, method: string, value: JsonObject): WrittenExchange => ({
  session: 's',
  sent: request(id, method),
  json: result(id, value),
});
const created = (more: JsonObject = {}, id = 1) => answered(id, 'tools/call', { task: { ...task, ...more } });
const got = (more: JsonObject, id = 2) => answered(id, 'tasks/get', { ...task, ...more });
const described = (exchange: number) =>
  ['tasks.id-string', 'tasks.created-at', 'tasks.last-updated'].map((rule) => `kept ${rule} #${exchange}`);
const born = [...described(2), 'kept tasks.initial-working #2'];
const seen = (exchange: number) => [...described(exchange), `kept tasks.ttl-in-get #${exchange}`];
const alone = (exchange: number) => `kept tasks.related-not-in-results #${exchange}`;
const UNIQUE = 'kept tasks.id-unique #2';

describe('what a server says of its tasks', () => {
  holdsAgainst(tasks, [
    {
      shows: 'a task that begins and is looked at',
      exchanges: [open, created(), got({})],
      says: [...born, ...seen(3), alone(3), UNIQUE],
    },
    {
      shows: 'a task that is hardly described',
      exchanges: [open, answered(1, 'tools/call', { task: { taskId: 7, status: 'done', createdAt: 5 } })],
      says: [
        'broken tasks.id-string #2',
        'broken tasks.created-at #2',
        'broken tasks.last-updated #2',
        'broken tasks.initial-working #2 (warn)',
      ],
    },
    {
      shows: 'silence on an error that comes with a result',
      exchanges: [
        open,
        {
          session: 's',
          sent: request(1, 'tasks/get'),
          json: { ...result(1, {}), error: { code: -32602, message: 'No such task' } },
        },
      ],
      says: [],
    },
    {
      shows: 'a task without its ttl, and with related-task metadata',
      exchanges: [open, answered(1, 'tasks/get', { ...task, ttl: 'long', ...RELATED })],
      says: [...described(2), 'broken tasks.ttl-in-get #2', 'broken tasks.related-not-in-results #2'],
    },
    {
      shows: 'two tasks of one id',
      exchanges: [open, created(), created({}, 2)],
      says: [...born, ...described(3), 'kept tasks.initial-working #3', UNIQUE, 'broken tasks.id-unique #3'],
    },
    {
      shows: 'a task that is cancelled and stays so',
      exchanges: [open, got({ status: 'cancelled' }), got({ status: 'cancelled' }, 3)],
      says: [
        ...seen(2),
        ...seen(3),
        alone(2),
        alone(3),
        'kept tasks.terminal-final #3',
        'kept tasks.cancelled-stays #3',
      ],
    },
    {
      shows: 'a task that is done and then is not',
      exchanges: [open, got({ status: 'completed' }), got({ status: 'failed' }, 3)],
      says: [...seen(2), ...seen(3), alone(2), alone(3), 'broken tasks.terminal-final #3'],
    },
    {
      shows: 'a task that moves as tasks do',
      exchanges: [open, got({}), got({ status: 'input_required' }, 3), got({ status: 'completed' }, 4)],
      says: [
        ...[2, 3, 4].flatMap(seen),
        ...[2, 3, 4].map(alone),
        'kept tasks.transitions #3',
        'kept tasks.transitions #4',
      ],
    },
    {
      shows: 'a task that moves to where no task is',
      exchanges: [open, got({}), got({ status: 'running' }, 3)],
      says: [...seen(2), ...seen(3), alone(2), alone(3), 'broken tasks.transitions #3'],
    },
    {
      shows: 'a result that names its task',
      exchanges: [open, answered(1, 'tasks/result', { content: [], ...RELATED })],
      says: ['kept tasks.result-related #2'],
    },
    {
      shows: 'a result that does not',
      exchanges: [open, answered(1, 'tasks/result', { content: [] })],
      says: ['broken tasks.result-related #2'],
    },
    {
      shows: 'a notice that names its task twice',
      exchanges: [
        open,
        {
          session: 's',
          sent: request(1, 'ping'),
          events: [{ data: notification('notifications/tasks/status', { ...task, ...RELATED }) }],
        },
      ],
      says: [...described(2), 'broken tasks.notification-no-related #2'],
    },
    {
      shows: 'the tasks of a list',
      exchanges: [open, answered(1, 'tasks/list', { tasks: [task] })],
      says: [...described(2), alone(2)],
    },
    { shows: 'silence in other revisions', revision: '2025-06-18', exchanges: [open, created()], says: [] },
  ]);
});
