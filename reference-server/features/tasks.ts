import type { JsonObject } from '../../spec/messages.ts';
import { declares } from '../client/capabilities.ts';
import type { Handler, RequestContext } from '../dispatch/context.ts';
import { ErrorCode, ProtocolError } from '../envelope/error.ts';
import { isObject } from '../envelope/message.ts';
import { factsOf, type Revision } from '../revisions.ts';
import type { Steps } from '../steps.ts';
import { TASKS_EXTENSION } from '../tasks/run-call.ts';
import type { Task } from '../tasks/task.ts';
import { requireValid, validatorOf } from '../validation.ts';
import type { Feature } from './feature.ts';
import { listHandler } from './listing.ts';

/** What the feature needs. */
export interface TasksOptions {
  pageSize: number;
  steps: Pick<Steps, 'tasks' | 'paging' | 'asking'>;
}

const validateId = validatorOf(
  { type: 'object', required: ['taskId'], properties: { taskId: { type: 'string' } } },
  'params',
);
const validateUpdate = validatorOf(
  {
    type: 'object',
    required: ['taskId', 'inputResponses'],
    properties: { taskId: { type: 'string' }, inputResponses: { type: 'object' } },
  },
  'params',
);

/**
 * Looking after tasks: with `tasks/result` and `tasks/list` in 2025-11-25 (basic/utilities/tasks), with `tasks/update` in the
 * extension of 2026-07-28 (ext-tasks).
 */
export function tasksFeature({ pageSize, steps }: TasksOptions): Feature {
  const { tasks, asking } = steps;
  const cores: Record<string, Handler> = {
    'tasks/get': (params, context) => tasks.describe(taskIn(params, context)),
    'tasks/result': (params, context) => resultOf(taskIn(params, context), context, tasks),
    'tasks/list': listHandler<Task & { name: string }>({
      method: 'tasks/list',
      member: 'tasks',
      pageSize,
      paging: steps.paging,
      items: (context) => context.tasks.list().map((task) => ({ ...task, name: task.id })),
      describe: (task) => tasks.describe(task),
    }),
    'tasks/cancel': (params, context) => {
      const task = taskIn(params, context);
      if (!tasks.canBeCancelled(task) || !context.tasks.cancel(task)) {
        throw new ProtocolError(ErrorCode.invalidParams, `The task is over already: it is ${task.status}.`);
      }
      return tasks.describe(task);
    },
  };
  const extension: Record<string, Handler> = {
    'tasks/get': (params, context) => tasks.detailExtension(taskIn(params, knowing(context)), context.revision),
    'tasks/update': (params, context) => {
      const task = taskIn(params, knowing(context));
      requireValid(validateUpdate, params);
      answerInputs(task, isObject(params.inputResponses) ? params.inputResponses : {}, asking);
      return {};
    },
    'tasks/cancel': (params, context) => {
      context.tasks.cancel(taskIn(params, knowing(context)));
      return {};
    },
  };
  const methods = { none: {}, core: cores, extension };
  return {
    capabilities: (revision) => CAPABILITIES[factsOf(revision).tasks],
    methods: (revision: Revision) => methods[factsOf(revision).tasks],
  };
}

const CAPABILITIES: Readonly<Record<'none' | 'core' | 'extension', JsonObject>> = {
  none: {},
  core: { tasks: { list: {}, cancel: {}, requests: { tools: { call: {} } } } },
  extension: { extensions: { [TASKS_EXTENSION]: {} } },
};

/** A context of a client that has declared the extension (ext-tasks, "Protocol Errors"). */
function knowing(context: RequestContext): RequestContext {
  const needed = { extensions: { [TASKS_EXTENSION]: {} } };
  if (declares(context.client.capabilities, needed)) return context;
  throw new ProtocolError(ErrorCode.missingClientCapability, 'This request is for clients that declare tasks.', {
    requiredCapabilities: needed,
  });
}

function taskIn(params: JsonObject, { tasks }: RequestContext): Task {
  requireValid(validateId, params);
  const task = tasks.get(String(params.taskId));
  if (task === undefined) throw new ProtocolError(ErrorCode.invalidParams, 'There is no such task, or no longer.');
  return task;
}

/**
 * Waits for the end of a task and answers as the request would have been answered that the task stands for. Meanwhile it
 * gets the client what the task wants to ask, for this is the request that a client makes when input is required.
 */
async function resultOf(task: Task, context: RequestContext, tasks: Steps['tasks']): Promise<JsonObject> {
  while (!tasks.isOver(task)) {
    for (const input of task.inputs.values()) {
      if (input.sent) continue;
      input.sent = true;
      context.ask({ input: input.question }, { meta: tasks.relatedTask(task) }).then(
        ({ input: answer }) => input.answer(answer),
        (error: Error) => {
          // A client that went away may come back and be asked again.
          if (context.signal.aborted) input.sent = false;
          else input.fail(error);
        },
      );
    }
    await nextChange(task, context);
  }
  const { outcome } = task;
  if (outcome?.kind === 'result') {
    const { _meta: meta, ...result } = outcome.result;
    return { ...result, _meta: { ...(isObject(meta) ? meta : {}), ...tasks.relatedTask(task) } };
  }
  const { code, message, data } = outcome?.error ?? { code: ErrorCode.internalError, message: task.statusMessage };
  throw new ProtocolError(code, message, data);
}

function nextChange(task: Task, { tasks, signal }: RequestContext): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      forget();
      signal.removeEventListener('abort', aborted);
    };
    const aborted = () => {
      stop();
      reject(new Error('Nobody waits for the task any more.'));
    };
    const forget = tasks.onChange((changed) => {
      if (changed !== task) return;
      stop();
      resolve();
    });
    signal.addEventListener('abort', aborted);
    if (signal.aborted) aborted();
  });
}

/** Takes the answers that a task waits for; those that nothing waits for are ignored (ext-tasks, "Task Update Requests"). */
function answerInputs(task: Task, answers: JsonObject, asking: Steps['asking']): void {
  const waiting = Object.entries(answers).flatMap(([key, answer]) => {
    const input = task.inputs.get(key);
    return input === undefined ? [] : [{ input, answer, problems: asking.checkAnswer(input.question, answer) }];
  });
  const problems = waiting.flatMap((one) => one.problems);
  if (problems.length > 0) throw new ProtocolError(ErrorCode.invalidParams, problems.join(' '));
  for (const { input, answer } of waiting) if (isObject(answer)) input.answer(answer);
}
