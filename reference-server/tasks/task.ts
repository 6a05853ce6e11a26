import type { JsonObject, JsonRpcError } from '../../spec/messages.ts';
import type { Question } from '../client/ask.ts';

/** Where a task stands (2025-11-25, basic/utilities/tasks, "Task Status"). */
export type TaskStatus = 'working' | 'input_required' | 'completed' | 'failed' | 'cancelled';

/** How the request that a task stands for came out. */
export type Outcome = { kind: 'result'; result: JsonObject } | { kind: 'error'; error: JsonRpcError };

/** A question that a task waits for the answer to. */
export interface PendingInput {
  readonly question: Question;
  /** Whether it is with the client already. */
  sent: boolean;
  answer(answer: JsonObject): void;
  fail(error: Error): void;
}

/** A request that is carried out while its client does other things. */
export interface Task {
  readonly id: string;
  readonly createdAt: Date;
  /** How long it is kept from its creation on, in milliseconds. */
  readonly ttlMs: number;
  readonly signal: AbortSignal;
  /** What it waits for, by names that are never used twice. */
  readonly inputs: Map<string, PendingInput>;
  status: TaskStatus;
  statusMessage: string;
  updatedAt: Date;
  /** Undefined until the task is over. */
  outcome: Outcome | undefined;
}

/** Whether a task is over. What is over stays as it is. */
export function isOver({ status }: Task): boolean {
  return status === 'completed' || status === 'failed' || status === 'cancelled';
}

/** Milliseconds between two looks at a task that a client is advised to take. */
export const POLL_INTERVAL = 100;
