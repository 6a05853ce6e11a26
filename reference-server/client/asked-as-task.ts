import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonObject } from '../../spec/messages.ts';
import { isObject } from '../envelope/message.ts';
import { factsOf, type Revision } from '../revisions.ts';
import { ClientFailed, type Question } from './ask.ts';
import { declares } from './capabilities.ts';

/** Milliseconds between two looks at a task whose client suggests nothing. */
const USUAL_PAUSE = 1_000;

/** The steps by which a question is asked as a task. */
export interface AskingAsTask {
  taskParams: typeof taskParams;
  aboutTask: typeof aboutTask;
  goesOn: typeof goesOn;
  beforeLook: typeof beforeLook;
  calledOff: typeof calledOff;
}

/** A request or, where nothing comes back for it, a notification. */
export interface CalledOff {
  kind: 'request' | 'notification';
  method: string;
  params: JsonObject;
}

/**
 * Whether a question is asked as a task: whenever its client has declared that it runs such as tasks (2025-11-25,
 * basic/utilities/tasks, "Capability Negotiation").
 */
export function asksAsTask({ method }: Question, capabilities: JsonObject, revision: Revision): boolean {
  if (factsOf(revision).tasks !== 'core') return false;
  const [area = '', kind = ''] = method.split('/');
  return declares(capabilities, { tasks: { requests: { [area]: { [kind]: {} } } } });
}

/** The params of a question that is to become a task, which the client need not keep longer than it is asked for. */
export function taskParams(params: JsonObject, ttlMs: number): JsonObject {
  return { ...params, task: { ttl: ttlMs } };
}

/** The params of a request about a task: its id, and not once more in `_meta` ("Associating Task-Related Messages"). */
export function aboutTask(taskId: string): JsonObject {
  return { taskId };
}

/** Whether there is nothing to do but look again: one who needs input gives it out on `tasks/result`. */
export function goesOn({ status }: JsonObject): boolean {
  return status === 'working';
}

/**
 * Waits before a task is looked at again, as long as its client suggests ("Getting Tasks").
 *
 * @param task as it was described last
 * @param _looks how often it has been looked at
 */
export async function beforeLook(task: JsonObject, _looks: number, signal: AbortSignal): Promise<void> {
  const { pollInterval } = task;
  await sleep(typeof pollInterval === 'number' ? pollInterval : USUAL_PAUSE, undefined, { signal });
}

/** How a question that has become a task is called off (basic/utilities/cancellation, "Behavior Requirements"). */
export function calledOff(taskId: string, _requestId: string): CalledOff {
  return { kind: 'request', method: 'tasks/cancel', params: { taskId } };
}

/** What following a task of the client needs. */
export interface Following {
  /** Asks the client, and calls that off when the question is. */
  ask(method: string, params: JsonObject): Promise<JsonObject>;
  /** Sends what calls the task off. */
  callOff(how: CalledOff): void;
  /** The id of the request that became the task. */
  requestId(): string;
  signal: AbortSignal;
  timeoutMs: number;
  steps: AskingAsTask;
}

/**
 * Asks a question as a task, looks at the task until it is over or needs input, and gets the result. A client that answers
 * at once after all has answered.
 *
 * @throws ClientFailed when the time is up
 */
export async function askAsTask({ method, params }: Question, following: Following): Promise<JsonObject> {
  const { ask, callOff, requestId, signal, timeoutMs, steps } = following;
  const end = Date.now() + timeoutMs;
  const created = await ask(method, steps.taskParams(params, timeoutMs));
  if (!isObject(created.task) || typeof created.task.taskId !== 'string') return created;
  const { taskId } = created.task;
  const stop = () => callOff(steps.calledOff(taskId, requestId()));
  signal.addEventListener('abort', stop);
  try {
    let task = created.task;
    for (let looks = 0; steps.goesOn(task); looks += 1) {
      await steps.beforeLook(task, looks, signal);
      if (Date.now() > end) {
        stop();
        throw new ClientFailed(`No answer to "${method}" within ${timeoutMs} ms.`);
      }
      task = await ask('tasks/get', steps.aboutTask(taskId));
    }
    return await ask('tasks/result', steps.aboutTask(taskId));
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
