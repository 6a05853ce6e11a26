import type { JsonObject } from '../../spec/messages.ts';
import { type Ask, ClientFailed } from '../client/ask.ts';
import type { RequestContext, ServerMessage } from '../dispatch/context.ts';
import { ErrorCode, ProtocolError } from '../envelope/error.ts';
import { isObject } from '../envelope/message.ts';
import type { Steps } from '../steps.ts';
import type { Work } from './store.ts';
import type { Outcome, Task } from './task.ts';

/**
 * Makes the work of a task of what answers the request. The task reports, logs and asks in its own name, and goes on after
 * the request has been answered.
 */
export function workOf(
  answer: (context: RequestContext) => Promise<JsonObject>,
  request: { params: JsonObject; context: RequestContext },
  steps: Pick<Steps, 'dispatch' | 'asking' | 'tasks'>,
): Work {
  return async (task) => {
    const context = taskContext(task, request, steps);
    try {
      return { kind: 'result', result: await answer(context) };
    } catch (error) {
      return outcomeOf(error, context);
    }
  };
}

function outcomeOf(error: unknown, { signal, log }: RequestContext): Outcome {
  if (error instanceof ProtocolError) {
    const { code, message, data } = error;
    return { kind: 'error', error: data === undefined ? { code, message } : { code, message, data } };
  }
  if (!signal.aborted) log({ event: 'task-failed', error: String(error) });
  return {
    kind: 'error',
    error: { code: ErrorCode.internalError, message: 'The server failed to handle this request.' },
  };
}

function taskContext(
  task: Task,
  { params, context }: { params: JsonObject; context: RequestContext },
  { dispatch, asking, tasks }: Pick<Steps, 'dispatch' | 'asking' | 'tasks'>,
): RequestContext {
  const { session } = context;
  const send = (message: ServerMessage) => {
    const { _meta: meta } = message.params ?? {};
    const related = { ...(isObject(meta) ? meta : {}), ...tasks.relatedTask(task) };
    if (!task.signal.aborted) session?.push({ ...message, params: { ...message.params, _meta: related } });
  };
  const outlet = { canSend: session !== undefined, send };
  const reporter = dispatch.reporterOf(dispatch.progressToken(params), outlet, dispatch.progressNotification);
  const ask: Ask = async (questions) => {
    const names = Object.keys(questions) as (keyof typeof questions)[];
    for (const name of names) {
      if (asking.canBeAsked(questions[name], context.client.capabilities, context.revision)) continue;
      throw new ClientFailed(`This client cannot be asked for "${questions[name].method}".`);
    }
    const answers = await Promise.all(names.map((name) => context.tasks.ask(task, String(name), questions[name])));
    return Object.fromEntries(names.map((name, index) => [name, answers[index]])) as Record<
      keyof typeof questions,
      JsonObject
    >;
  };
  return { ...context, signal: task.signal, progress: reporter.report, tell: () => {}, leave: () => {}, ask };
}
