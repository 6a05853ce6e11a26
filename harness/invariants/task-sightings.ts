import type { Json, JsonObject } from '../../spec/messages.ts';
import { isObject } from '../wire/json-rpc.ts';
import type { Session } from './conversation.ts';
import { responseTo } from './progress.ts';
import { isResuming, type TargetMessage, targetMessages } from './target-messages.ts';

/** What a target said of one of its tasks. */
export interface TaskSighting {
  /** `creation` for the answer to a request that became a task. */
  readonly from:
    | 'creation'
    | 'tasks/get'
    | 'tasks/list'
    | 'tasks/cancel'
    | 'tasks/result'
    | 'notifications/tasks/status';
  /** The task; of tasks/result the result, which describes none. */
  readonly task: JsonObject;
  /** The `_meta` of the result or of the notification's params. */
  readonly meta: Json | undefined;
  readonly said: TargetMessage;
  /** Where the task stands in the observation of the exchange. */
  readonly path: string;
}

/** Whether a status is one that a task stays in. */
export function isFinal(status: string): boolean {
  return status === 'completed' || status === 'failed' || status === 'cancelled';
}

/** All that a target said of its tasks in a session, in the order in which the answers came. */
export function taskSightings(session: Session): TaskSighting[] {
  const answers = session.calls.flatMap((call) => {
    const said = responseTo(call);
    const value = said?.message.value;
    const result = isObject(value) && value.error === undefined ? value.result : undefined;
    return said && isObject(result) ? inResult(call.method, result, said) : [];
  });
  const notices = session.exchanges
    .filter((exchange) => !isResuming(exchange))
    .flatMap((exchange) => targetMessages(exchange).flatMap(inNotice));
  return [...answers, ...notices].sort((a, b) => a.said.message.at - b.said.message.at);
}

function inResult(method: string, result: JsonObject, said: TargetMessage): TaskSighting[] {
  const common = { meta: result._meta, said };
  const path = `${said.path}.result`;
  switch (method) {
    case 'tasks/get':
    case 'tasks/cancel':
    case 'tasks/result':
      return [{ ...common, from: method, task: result, path }];
    case 'tasks/list':
      return (Array.isArray(result.tasks) ? result.tasks : []).flatMap((task, index) =>
        isObject(task) ? [{ ...common, from: method, task, path: `${path}.tasks.${index}` }] : [],
      );
    default:
      return isObject(result.task) && result.task.taskId !== undefined
        ? [{ ...common, from: 'creation', task: result.task, path: `${path}.task` }]
        : [];
  }
}

function inNotice(said: TargetMessage): TaskSighting[] {
  const { value } = said.message;
  if (!isObject(value) || value.method !== 'notifications/tasks/status' || !isObject(value.params)) return [];
  const { params } = value;
  return [{ from: 'notifications/tasks/status', task: params, meta: params._meta, said, path: `${said.path}.params` }];
}
