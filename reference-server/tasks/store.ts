import type { JsonObject } from '../../spec/messages.ts';
import type { Question } from '../client/ask.ts';
import { ErrorCode, ProtocolError } from '../envelope/error.ts';
import { isOver, type Outcome, type PendingInput, type Task, type TaskStatus } from './task.ts';

/** How long tasks are kept if the client does not say, and at most, in milliseconds. */
const DEFAULT_TTL = 5 * 60_000;
const LONGEST_TTL = 60 * 60_000;

/** Does the work of a task. */
export type Work = (task: Task) => Promise<Outcome>;

/** The tasks of those who may see them: one client's in a session, everybody's who knows their ids without one. */
export class TaskStore {
  readonly #tasks = new Map<string, { task: Task; controller: AbortController; timer: NodeJS.Timeout }>();
  readonly #listeners = new Set<(task: Task) => void>();
  readonly #most: number;
  #inputs = 0;

  constructor(most = 100) {
    this.#most = most;
  }

  /**
   * Creates a task and begins its work.
   *
   * @param ttlMs how long the client wants it kept
   * @throws ProtocolError -32603 when there are too many that are not over
   */
  start(ttlMs: number | undefined, work: Work): Task {
    this.#makeRoom();
    const controller = new AbortController();
    const now = new Date();
    const task: Task = {
      id: crypto.randomUUID(),
      createdAt: now,
      updatedAt: now,
      ttlMs: Math.min(Math.max(1, Math.round(ttlMs ?? DEFAULT_TTL)), LONGEST_TTL),
      signal: controller.signal,
      inputs: new Map(),
      status: 'working',
      statusMessage: 'The work has begun.',
      outcome: undefined,
    };
    const timer = setTimeout(() => this.#forget(task), task.ttlMs).unref();
    this.#tasks.set(task.id, { task, controller, timer });
    // The client is told of the task before it is told of the task's progress.
    setImmediate(() => void work(task).then((outcome) => this.#finish(task, outcome)));
    return task;
  }

  get(id: string): Task | undefined {
    return this.#tasks.get(id)?.task;
  }

  /** All tasks, the oldest first. */
  list(): Task[] {
    return [...this.#tasks.values()].map(({ task }) => task);
  }

  /** Stops a task; false when it is over already. */
  cancel(task: Task): boolean {
    if (isOver(task)) return false;
    this.#move(task, 'cancelled', 'The task was cancelled.');
    task.outcome = { kind: 'error', error: { code: ErrorCode.internalError, message: 'The task was cancelled.' } };
    this.#tasks.get(task.id)?.controller.abort();
    return true;
  }

  /** Has a task wait for the answer to a question, which somebody else gets to the client. */
  ask(task: Task, name: string, question: Question): Promise<JsonObject> {
    this.#inputs += 1;
    const key = `${name}-${this.#inputs}`;
    return new Promise((resolve, reject) => {
      const settle = (then: () => void) => {
        task.signal.removeEventListener('abort', aborted);
        task.inputs.delete(key);
        if (!isOver(task)) {
          const waiting = task.inputs.size > 0;
          this.#move(task, waiting ? 'input_required' : 'working', waiting ? 'More input is needed.' : 'Going on.');
        }
        then();
      };
      const aborted = () => settle(() => reject(new Error('The task is over.')));
      const input: PendingInput = {
        question,
        sent: false,
        answer: (answer) => settle(() => resolve(answer)),
        fail: (error) => settle(() => reject(error)),
      };
      task.signal.addEventListener('abort', aborted);
      task.inputs.set(key, input);
      this.#move(task, 'input_required', 'Input is needed.');
    });
  }

  /** Has somebody told of every change of every task, until the function that is given back is called. */
  onChange(listener: (task: Task) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Ends and forgets all tasks. */
  clear(): void {
    for (const { task, controller, timer } of this.#tasks.values()) {
      clearTimeout(timer);
      if (!isOver(task)) task.status = 'cancelled';
      controller.abort();
    }
    this.#tasks.clear();
    this.#listeners.clear();
  }

  #finish(task: Task, outcome: Outcome): void {
    if (isOver(task)) return;
    task.outcome = outcome;
    if (outcome.kind === 'error') this.#move(task, 'failed', outcome.error.message);
    else this.#move(task, 'completed', 'The result is there.');
  }

  #move(task: Task, status: TaskStatus, message: string): void {
    task.status = status;
    task.statusMessage = message;
    task.updatedAt = new Date();
    for (const listener of [...this.#listeners]) listener(task);
  }

  #forget(task: Task): void {
    const kept = this.#tasks.get(task.id);
    if (kept === undefined) return;
    this.#tasks.delete(task.id);
    if (!isOver(task)) this.#move(task, 'failed', 'The task took longer than it is kept.');
    kept.controller.abort();
    clearTimeout(kept.timer);
  }

  #makeRoom(): void {
    if (this.#tasks.size < this.#most) return;
    const over = this.list().find(isOver);
    if (over === undefined) {
      throw new ProtocolError(ErrorCode.internalError, `There are ${this.#most} tasks already; wait for one to end.`);
    }
    this.#forget(over);
  }
}
