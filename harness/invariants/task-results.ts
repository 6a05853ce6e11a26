import type { Outcome } from '../judge/outcome.ts';
import { isObject } from '../wire/json-rpc.ts';
import { type Call, conversationOf, type Session } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { speaksRevision } from './negotiated.ts';
import { condensed, judged, sameJson, show } from './outcomes.ts';
import { responseTo } from './progress.ts';
import { isFinal, type TaskSighting, taskSightings } from './task-sightings.ts';

const RULE = 'tasks.result-blocks';

/** Who wants the result of a task waits until it is over (2025-11-25, tasks, result retrieval). */
export const taskResults: Invariant = {
  id: 'invariant.tasks.results',
  title: 'the result of a task is not given before the task is over',
  occasion: 'a look at a task whose result is wanted',
  requires: [RULE],
  judge: (view) => {
    if (view.revision !== '2025-11-25') return [];
    return conversationOf(view).sessions.flatMap((session) => {
      const looks = taskSightings(session).filter(({ from }) => from === 'tasks/get');
      const wanted = session.calls.filter(
        ({ method, exchange }) => method === 'tasks/result' && speaksRevision(view, exchange),
      );
      return condensed(wanted.flatMap((call) => judgeOne(call, looks, session)));
    });
  },
};

/** Each look at the task that began after its result was wanted shows whether an answer by then was too early. */
function judgeOne(call: Call, looks: readonly TaskSighting[], session: Session): Outcome[] {
  const task = isObject(call.params) ? call.params.taskId : undefined;
  const answered = responseTo(call)?.message.at ?? Number.POSITIVE_INFINITY;
  return looks.flatMap((seen) => {
    const look = session.calls.find((one) => responseTo(one)?.message === seen.said.message);
    if (!look || task === undefined || !sameJson(seen.task.taskId, task)) return [];
    const { status } = seen.task;
    const begun = look.exchange.startedAt;
    if (begun < call.exchange.startedAt || isFinal(String(status))) return [];
    if (seen.said.message.at < answered) return judged(RULE, call.exchange, [], true);
    if (begun < answered) return [];
    const message = `tasks/result had been answered when a look at its task still showed ${show(status)}`;
    return judged(RULE, call.exchange, [{ message, path: 'response' }], true);
  });
}
