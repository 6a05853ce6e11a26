import type { Json, JsonObject } from '../../spec/messages.ts';
import { isObject } from '../wire/json-rpc.ts';

/** How a client runs what a server asks of it as a task (2025-11-25, tasks). */
export interface TaskPlay {
  /** The statuses that looks at the task find, one after the other; the last of them from then on. */
  readonly statuses: readonly string[];
  /** Milliseconds between two looks that the client suggests. */
  readonly pollInterval: number;
}

interface Played {
  readonly taskId: string;
  readonly createdAt: string;
  readonly ttl: Json;
  readonly answer: JsonObject;
  looks: number;
  status: string;
}

/** The tasks that a client runs for a server. */
export class PlayedTasks {
  readonly #play: TaskPlay;
  readonly #tasks = new Map<string, Played>();

  constructor(play: TaskPlay) {
    this.#play = play;
  }

  /**
   * The result of a request that begins a task or is about one; undefined for any other. A task that needs input, which
   * nobody sees, gets it when its result is wanted, and is over then.
   *
   * @param answer the result of the request if it were no task
   */
  resultOf(method: string, params: Json | undefined, answer: JsonObject | undefined): JsonObject | undefined {
    if (!isObject(params)) return undefined;
    if (isObject(params.task) && answer) return { task: this.#describe(this.#begin(params.task, answer)) };
    const task = this.#tasks.get(String(params.taskId));
    if (!task) return undefined;
    switch (method) {
      case 'tasks/get':
        return this.#describe(this.#look(task));
      case 'tasks/cancel':
        task.status = 'cancelled';
        return this.#describe(task);
      case 'tasks/result':
        task.status = 'completed';
        return { ...task.answer, _meta: { 'io.modelcontextprotocol/related-task': { taskId: task.taskId } } };
      default:
        return undefined;
    }
  }

  #begin({ ttl = null }: JsonObject, answer: JsonObject): Played {
    const taskId = crypto.randomUUID();
    const task = { taskId, createdAt: new Date().toISOString(), ttl, answer, looks: 0, status: 'working' };
    this.#tasks.set(taskId, task);
    return task;
  }

  #look(task: Played): Played {
    const over = task.status === 'completed' || task.status === 'cancelled';
    const { statuses } = this.#play;
    if (!over) task.status = statuses[Math.min(task.looks, statuses.length - 1)] ?? 'working';
    task.looks += 1;
    return task;
  }

  #describe({ taskId, status, createdAt, ttl }: Played): JsonObject {
    const lastUpdatedAt = new Date().toISOString();
    return { taskId, status, createdAt, lastUpdatedAt, ttl, pollInterval: this.#play.pollInterval };
  }
}
