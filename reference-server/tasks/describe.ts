import type { JsonObject, JsonRpcNotification } from '../../spec/messages.ts';
import { questionFor } from '../client/questions.ts';
import type { Revision } from '../revisions.ts';
import { isOver, POLL_INTERVAL, type Task } from './task.ts';

/** A task as 2025-11-25 shows it (schema, `Task`). What became of a tool that failed is a task that failed. */
export function describeTask(task: Task): JsonObject {
  const failedTool = task.outcome?.kind === 'result' && task.outcome.result.isError === true;
  return {
    taskId: task.id,
    status: failedTool ? 'failed' : task.status,
    statusMessage: failedTool ? 'The tool reported an error.' : task.statusMessage,
    createdAt: task.createdAt.toISOString(),
    lastUpdatedAt: task.updatedAt.toISOString(),
    ttl: task.ttlMs,
    pollInterval: POLL_INTERVAL,
  };
}

/** A task as the extension of 2026-07-28 shows it: no more than its state (ext-tasks, `Task`). */
export function describeExtensionTask(task: Task): JsonObject {
  return {
    taskId: task.id,
    status: task.status,
    statusMessage: task.statusMessage,
    createdAt: task.createdAt.toISOString(),
    lastUpdatedAt: task.updatedAt.toISOString(),
    ttlMs: task.ttlMs,
    pollIntervalMs: POLL_INTERVAL,
  };
}

/** The same with what goes with the state: what is asked, what came out, or what went wrong (ext-tasks, `DetailedTask`). */
export function detailExtensionTask(task: Task, revision: Revision): JsonObject {
  const { status, outcome, inputs } = task;
  const described = describeExtensionTask(task);
  if (status === 'input_required') {
    const asked = [...inputs].map(([key, { question }]) => {
      const { method, params } = questionFor(question, revision);
      return [key, { method, params }];
    });
    return { ...described, inputRequests: Object.fromEntries(asked) };
  }
  if (status === 'completed' && outcome?.kind === 'result') return { ...described, result: outcome.result };
  if (status === 'failed' && outcome?.kind === 'error') return { ...described, error: { ...outcome.error } };
  return described;
}

/** What says in `_meta` which task a message belongs to (2025-11-25, basic/utilities/tasks, "Related Task Metadata"). */
export function relatedTask(task: Task): JsonObject {
  return { 'io.modelcontextprotocol/related-task': { taskId: task.id } };
}

/** The notification of a change of a task (2025-11-25, "Task Status Notification"). */
export function statusNotification(task: Task): JsonRpcNotification {
  return { jsonrpc: '2.0', method: 'notifications/tasks/status', params: describeTask(task) };
}

/** Whether a task may be asked to stop: it is not over (2025-11-25, "Task Cancellation"). */
export function canBeCancelled(task: Task): boolean {
  return !isOver(task);
}
