import type { Json } from '../../spec/messages.ts';
import type { Outcome } from '../judge/outcome.ts';
import { isObject } from '../wire/json-rpc.ts';
import { conversationOf, type Session } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { type ServerRequest, serverRequests } from './jsonrpc-server-requests.ts';
import { speaksRevision } from './negotiated.ts';
import { condensed, judged, sameJson } from './outcomes.ts';
import { responseTo } from './progress.ts';
import { type TaskSighting, taskSightings } from './task-sightings.ts';

const REQUIRES = ['tasks.input-required', 'tasks.leave-input-required'] as const;
const [NEEDS, LEAVES] = REQUIRES;

/** A question that comes so soon after its client asked for the result was there before, in milliseconds. */
const AT_ONCE_MS = 200;
/** By so long after it got its answer a server has taken it in, in milliseconds. */
const TAKEN_IN_MS = 200;

/** The status of tasks that ask (2025-11-25, tasks, input required status). */
export const taskInput: Invariant = {
  id: 'invariant.tasks.input',
  title: 'a task is input_required while it needs something from the client, and no longer',
  occasion: 'a question of a task to the client',
  requires: REQUIRES,
  judge: (view) => {
    if (view.revision !== '2025-11-25') return [];
    return conversationOf(view).sessions.flatMap((session) => {
      const questions = serverRequests(session).flatMap((request) => {
        const task = taskOf(request.params);
        return task === undefined || !speaksRevision(view, request.said.exchange) ? [] : [{ request, task }];
      });
      const looks = taskSightings(session).filter(({ from }) => from === 'tasks/get');
      return condensed(
        questions.flatMap(({ request, task }) => {
          const mine = looks.filter((seen) => sameJson(seen.task.taskId, task));
          const others = questions.filter((one) => one.request !== request && sameJson(one.task, task));
          const later = others.some((one) => one.request.said.message.at > request.said.message.at);
          return [...before(request, task, mine, session), ...(later ? [] : afterwards(request, mine, session))];
        }),
      );
    });
  },
};

/** The task that a request of the server names in its metadata. */
function taskOf(params: Json | undefined): Json | undefined {
  const meta = isObject(params) ? params._meta : undefined;
  const related = isObject(meta) ? meta['io.modelcontextprotocol/related-task'] : undefined;
  return isObject(related) ? related.taskId : undefined;
}

/** How the task stood when its client, having looked last, asked for the result and got the question at once. */
function before({ said }: ServerRequest, task: Json, looks: readonly TaskSighting[], session: Session): Outcome[] {
  const asked = session.calls.findLast(
    ({ method, params, exchange }) =>
      method === 'tasks/result' &&
      isObject(params) &&
      sameJson(params.taskId, task) &&
      exchange.startedAt <= said.message.at,
  );
  const last = looks.findLast((seen) => seen.said.message.at <= (asked?.exchange.startedAt ?? said.message.at));
  if (!asked || !last || said.message.at - asked.exchange.startedAt > AT_ONCE_MS) return [];
  const message = 'the task was at work until its result was asked for, and then needed input at once';
  const breach = { message, path: `${last.path}.status`, actual: last.task.status };
  if (last.task.status === 'working') return judged(NEEDS, last.said.exchange, [breach], true);
  return judged(NEEDS, last.said.exchange, [], last.task.status === 'input_required');
}

/** How the task stands when the client has answered the last of its questions. */
function afterwards({ id, said }: ServerRequest, looks: readonly TaskSighting[], session: Session): Outcome[] {
  const answer = session.exchanges.find(
    ({ sent, startedAt }) =>
      startedAt >= said.message.at &&
      sent.some(({ value }) => isObject(value) && 'result' in value && sameJson(value.id, id)),
  );
  if (!answer) return [];
  const taken = (answer.end?.at ?? answer.startedAt) + TAKEN_IN_MS;
  return looks
    .filter((seen) => askedAt(seen, session) >= taken)
    .flatMap((seen) => {
      const message = 'the task still needs input although its client has answered all that it asked';
      const breach = { message, path: `${seen.path}.status`, actual: seen.task.status };
      const stays = seen.task.status === 'input_required';
      return judged(LEAVES, seen.said.exchange, stays ? [breach] : [], true);
    });
}

/** When the look was taken that showed a task. */
function askedAt({ said }: TaskSighting, session: Session): number {
  const call = session.calls.find((one) => responseTo(one)?.message === said.message);
  return call?.exchange.startedAt ?? Number.NEGATIVE_INFINITY;
}
