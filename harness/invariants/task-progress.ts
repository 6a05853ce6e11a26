import type { Transport } from '../../spec/revisions.ts';
import type { Outcome } from '../judge/outcome.ts';
import { type Call, conversationOf, type Session } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { speaksRevision } from './negotiated.ts';
import { type Breach, condensed, judged, sameJson, show } from './outcomes.ts';
import { callsWithToken, isLater, isTask, type Progress, progressIn, responseTo, tokenOf } from './progress.ts';
import { isFinal, type TaskSighting, taskSightings } from './task-sightings.ts';

const REQUIRES = ['progress.task-stop', 'tasks.cancel-stop'] as const;
const [STOP, CANCEL_STOP] = REQUIRES;

/** A server that has not reported progress for so long after a cancellation has stopped, in milliseconds. */
const LONG_ENOUGH_MS = 500;

/** Progress of a task ends with the task (2025-11-25, progress; tasks, task cancellation). */
export const taskProgress: Invariant = {
  id: 'invariant.tasks.progress',
  title: 'no progress is reported of a task that is over',
  occasion: 'progress on a task',
  requires: REQUIRES,
  judge: (view) => {
    if (view.revision !== '2025-11-25') return [];
    const { transport } = view.trace.header;
    return conversationOf(view).sessions.flatMap((session) => {
      const progress = progressIn(session, transport);
      if (!progress.length) return [];
      const sightings = taskSightings(session);
      const calls = session.calls.filter((call) => isTask(call) && speaksRevision(view, call.exchange));
      return condensed(calls.flatMap((call) => judgeTask(call, { session, progress, sightings, transport })));
    });
  },
};

interface Seen {
  readonly session: Session;
  readonly progress: readonly Progress[];
  readonly sightings: readonly TaskSighting[];
  readonly transport: Transport;
}

function judgeTask(call: Call, { session, progress, sightings, transport }: Seen): Outcome[] {
  const token = tokenOf(call);
  const created = responseTo(call)?.message;
  const id = sightings.find(({ from, said }) => from === 'creation' && said.message === created)?.task.taskId;
  // of a token that several requests gave it is not known whose progress it is
  if (token === undefined || id === undefined) return [];
  if (callsWithToken(session, token, Number.POSITIVE_INFINITY).length > 1) return [];
  const mine = progress.filter((one) => sameJson(one.token, token));
  const over = sightings.filter(({ task }) => sameJson(task.taskId, id) && isFinal(String(task.status)));
  const end = over[0];
  if (!end || !mine.length) return [];
  const breaches = mine.flatMap((one) => lateBreach(one, over, transport));
  const cancelled = over.find(({ from, task }) => from === 'tasks/cancel' && task.status === 'cancelled');
  return [
    ...judged(STOP, end.said.exchange, breaches, true),
    ...(cancelled ? stopped(cancelled, mine, session, transport) : []),
  ];
}

/** On another stream than what said that the task is over, progress may have been overtaken. */
function lateBreach({ said, token }: Progress, over: readonly TaskSighting[], transport: Transport): Breach[] {
  const lateness = over.map((end) => isLater(said, end.said, transport));
  if (lateness.every((one) => one === 'no')) return [];
  const message = `progress for the token ${show(token)} came after its task was said to be over`;
  const breach = { message, path: said.path, actual: said.message.value };
  return [lateness.includes('surely') ? breach : { ...breach, atMost: 'warn' }];
}

/** Whether the work of a task went on after it was cancelled: kept only where there was progress, and time for more. */
function stopped(end: TaskSighting, mine: readonly Progress[], session: Session, transport: Transport): Outcome[] {
  const late = mine.filter(({ said }) => isLater(said, end.said, transport) !== 'no');
  const [first] = late;
  const message = 'the work of a task went on after it was cancelled: it reported progress';
  const breaches = first ? [{ message, path: first.said.path, actual: first.said.message.value }] : [];
  const enough = session.exchanges.some((one) => (one.end?.at ?? 0) >= end.said.message.at + LONG_ENOUGH_MS);
  return judged(CANCEL_STOP, end.said.exchange, breaches, enough);
}
