import type { Json, JsonObject } from '../../spec/messages.ts';
import type { Outcome } from '../judge/outcome.ts';
import { isObject } from '../wire/json-rpc.ts';
import { conversationOf, type Session } from './conversation.ts';
import type { Invariant, TraceView } from './invariant.ts';
import { speaksRevision } from './negotiated.ts';
import { type Breach, condensed, judged, show } from './outcomes.ts';
import { isFinal, type TaskSighting, taskSightings } from './task-sightings.ts';

const REQUIRES = [
  'tasks.id-string',
  'tasks.created-at',
  'tasks.last-updated',
  'tasks.ttl-in-get',
  'tasks.initial-working',
  'tasks.id-unique',
  'tasks.terminal-final',
  'tasks.cancelled-stays',
  'tasks.related-not-in-results',
  'tasks.notification-no-related',
  'tasks.result-related',
  'tasks.transitions',
] as const;
const [
  ID,
  CREATED,
  UPDATED,
  TTL,
  WORKING,
  UNIQUE,
  FINAL,
  CANCELLED,
  NOT_IN_RESULTS,
  NOT_IN_NOTICE,
  RELATED,
  TRANSITIONS,
] = REQUIRES;

/** The statuses between which tasks move (2025-11-25, tasks, task status). */
const STATUSES: readonly string[] = ['working', 'input_required', 'completed', 'failed', 'cancelled'];

/** The key under which messages name the task that they belong to. */
const RELATED_TASK = 'io.modelcontextprotocol/related-task';

/** What a server says of its tasks (2025-11-25, tasks). */
export const tasks: Invariant = {
  id: 'invariant.tasks.descriptions',
  title: 'tasks are described in full, and their course is one that tasks can take',
  occasion: 'a task',
  requires: REQUIRES,
  judge: (view) =>
    view.revision !== '2025-11-25'
      ? []
      : condensed(conversationOf(view).sessions.flatMap((session) => judgeSession(session, view))),
};

function judgeSession(session: Session, view: TraceView): Outcome[] {
  const sightings = taskSightings(session).filter(({ said }) => speaksRevision(view, said.exchange));
  const described = sightings.filter(({ from }) => from !== 'tasks/result');
  return [
    ...described.flatMap(judgeDescription),
    ...sightings.flatMap(judgeRelation),
    ...uniqueIds(described),
    ...courses(described),
  ];
}

function judgeDescription(seen: TaskSighting): Outcome[] {
  const { task, from } = seen;
  const time = (rule: string, member: 'createdAt' | 'lastUpdatedAt') =>
    say(seen, rule, isTimestamp(task[member]) ? null : wrong(task, member, 'a timestamp of ISO 8601'));
  const { ttl } = task;
  const begun = task.status === 'working';
  return [
    ...say(seen, ID, typeof task.taskId === 'string' ? null : wrong(task, 'taskId', 'a string')),
    ...time(CREATED, 'createdAt'),
    ...time(UPDATED, 'lastUpdatedAt'),
    ...(from === 'tasks/get'
      ? say(seen, TTL, ttl === null || typeof ttl === 'number' ? null : wrong(task, 'ttl', 'a number or null'))
      : []),
    // a short one may be done by the time that the answer is written
    ...(from === 'creation'
      ? say(seen, WORKING, begun ? null : { ...wrong(task, 'status', '"working" at first'), atMost: 'warn' })
      : []),
  ];
}

function wrong(task: JsonObject, member: string, what: string): Breach {
  const value = task[member];
  return { message: `the ${member} of a task must be ${what}, was ${show(value)}`, path: member, actual: value };
}

/** RFC 3339 wants a zone; ISO 8601 has other forms too, and all that a date can be read from will do. */
function isTimestamp(value: Json | undefined): boolean {
  return typeof value === 'string' && /^\d{4}-?\d{2}-?\d{2}T/.test(value) && !Number.isNaN(Date.parse(value));
}

function judgeRelation(seen: TaskSighting): Outcome[] {
  const { meta, from } = seen;
  const named = isObject(meta) && meta[RELATED_TASK] !== undefined;
  const extra: Breach | null = named
    ? { message: `${from} carries related-task metadata, although it has a taskId of its own`, path: '_meta' }
    : null;
  if (from === 'tasks/result') {
    const absent = { message: 'the result of tasks/result does not name its task in _meta', path: '_meta' };
    return say(seen, RELATED, named ? null : absent);
  }
  if (from === 'notifications/tasks/status') return say(seen, NOT_IN_NOTICE, extra);
  return from === 'creation' ? [] : say(seen, NOT_IN_RESULTS, extra);
}

function uniqueIds(described: readonly TaskSighting[]): Outcome[] {
  const used = new Set<string>();
  return described
    .filter(({ from, task }) => from === 'creation' && typeof task.taskId === 'string')
    .flatMap((seen) => {
      const id = String(seen.task.taskId);
      const again = used.has(id);
      used.add(id);
      return say(seen, UNIQUE, again ? { message: `two tasks have the id ${show(id)}`, path: 'taskId' } : null);
    });
}

/** Whether something was said after something else for certain: an answer that was on its way already may be overtaken. */
function isAfter({ said }: TaskSighting, before: TaskSighting): boolean {
  return said.exchange === before.said.exchange || said.exchange.startedAt >= before.said.message.at;
}

/** A task that has come to an end stays as it is. */
function afterItsEnd(seen: TaskSighting, { task: ended }: TaskSighting): Outcome[] {
  const { status = null } = seen.task;
  const message = `the task was ${show(ended.status)} and then ${show(status)}`;
  const breach = status === ended.status ? null : { message, path: 'status', actual: status };
  return [...say(seen, FINAL, breach), ...(ended.status === 'cancelled' ? say(seen, CANCELLED, breach) : [])];
}

/** How tasks move, and what is said of one after it had come to an end, in the order in which it was asked. */
function courses(described: readonly TaskSighting[]): Outcome[] {
  const last = new Map<string, string>();
  const ended = new Map<string, TaskSighting>();
  return described.flatMap((seen) => {
    const { taskId, status } = seen.task;
    if (typeof taskId !== 'string' || typeof status !== 'string') return [];
    const before = last.get(taskId);
    // on another stream what became of a task may overtake that it began
    if (before !== undefined && seen.from === 'creation') return [];
    const end = ended.get(taskId);
    if (end) return isAfter(seen, end) ? afterItsEnd(seen, end) : [];
    last.set(taskId, status);
    if (isFinal(status)) ended.set(taskId, seen);
    if (!STATUSES.includes(status)) {
      const message = `the status of a task is ${show(status)}, to which no task can move`;
      return say(seen, TRANSITIONS, { message, path: 'status', actual: status });
    }
    return before === undefined || before === status ? [] : say(seen, TRANSITIONS, null);
  });
}

function say({ said, path }: TaskSighting, rule: string, breach: Breach | null): Outcome[] {
  return judged(rule, said.exchange, breach ? [{ ...breach, path: `${path}.${breach.path}` }] : [], true);
}
