import type { JsonObject } from '../../spec/messages.ts';
import { declares } from '../client/capabilities.ts';
import type { RequestContext } from '../dispatch/context.ts';
import { ErrorCode, ProtocolError, quoted } from '../envelope/error.ts';
import { isObject } from '../envelope/message.ts';
import { factsOf, type Revision } from '../revisions.ts';
import type { Steps } from '../steps.ts';
import { type RunCall, resultOfTool } from '../tools/run.ts';
import type { Tool } from '../tools/tool.ts';
import { requireValid, validatorOf } from '../validation.ts';
import { workOf } from './work.ts';

type CallSteps = Pick<Steps, 'tools' | 'tasks' | 'dispatch' | 'asking'>;

/** What the extension is called in capabilities. */
export const TASKS_EXTENSION = 'io.modelcontextprotocol/tasks';

/** How calls of tools are run in a revision: at once, or as a task that the client asks for, or that the server decides on. */
export function runCallIn(revision: Revision, steps: CallSteps): RunCall {
  const atOnce: RunCall = (tool, args, _params, context) => resultOfTool(tool, args, context, steps);
  switch (factsOf(revision).tasks) {
    case 'none':
      return atOnce;
    case 'core':
      return (tool, args, params, context) =>
        steps.tasks.wantsTask(tool, params)
          ? asCoreTask(tool, args, params, context, steps)
          : atOnce(tool, args, params, context);
    case 'extension':
      return (tool, args, params, context) =>
        steps.tasks.becomesTask(tool, context)
          ? asExtensionTask(tool, args, params, context, steps)
          : atOnce(tool, args, params, context);
  }
}

const validateTask = validatorOf(
  { type: 'object', properties: { task: { type: 'object', properties: { ttl: { type: 'number', minimum: 0 } } } } },
  'params',
);

/**
 * Whether the client wants a call to run as a task. It may want so of some tools, must of others, and cannot of the rest
 * (2025-11-25, basic/utilities/tasks, "Tool-Level Negotiation").
 *
 * @throws ProtocolError -32601 when the tool runs in the other way only
 */
export function wantsTask(tool: Tool, params: JsonObject): boolean {
  requireValid(validateTask, params);
  const wanted = params.task !== undefined;
  if (wanted && tool.tasks === undefined) {
    throw new ProtocolError(ErrorCode.methodNotFound, `The tool ${quoted(tool.name)} cannot run as a task.`);
  }
  if (!wanted && tool.tasks === 'required') {
    throw new ProtocolError(ErrorCode.methodNotFound, `The tool ${quoted(tool.name)} runs only as a task.`);
  }
  return wanted;
}

/**
 * Whether a call becomes a task: whenever the tool can run as one and this very request says that its client knows tasks
 * (ext-tasks, "Capability Negotiation").
 *
 * @throws ProtocolError -32021 when the tool runs in no other way and the client does not
 */
export function becomesTask(tool: Tool, { client }: RequestContext): boolean {
  const needed = { extensions: { [TASKS_EXTENSION]: {} } };
  const knows = declares(client.capabilities, needed);
  if (tool.tasks === 'required' && !knows) {
    throw new ProtocolError(ErrorCode.missingClientCapability, `The tool ${quoted(tool.name)} runs only as a task.`, {
      requiredCapabilities: needed,
    });
  }
  return tool.tasks !== undefined && knows;
}

async function asCoreTask(
  tool: Tool,
  args: JsonObject,
  params: JsonObject,
  context: RequestContext,
  steps: CallSteps,
): Promise<JsonObject> {
  const work = workOf((inTask) => resultOfTool(tool, args, inTask, steps), { params, context }, steps);
  const ttl = isObject(params.task) && typeof params.task.ttl === 'number' ? params.task.ttl : undefined;
  const task = context.tasks.start(ttl, work);
  context.log({ event: 'task-created', tool: tool.name });
  return { task: steps.tasks.describe(task), _meta: steps.tasks.relatedTask(task) };
}

/** What must be asked before is asked by the request itself, so that the task is there only once it can begin. */
async function asExtensionTask(
  tool: Tool,
  args: JsonObject,
  params: JsonObject,
  context: RequestContext,
  steps: CallSteps,
): Promise<JsonObject> {
  const { prepare: _, ...prepared } = tool;
  const given = tool.prepare === undefined ? args : await tool.prepare(args, context);
  const work = workOf((inTask) => resultOfTool(prepared, given, inTask, steps), { params, context }, steps);
  const task = context.tasks.start(undefined, work);
  context.log({ event: 'task-created', tool: tool.name });
  return { resultType: 'task', ...steps.tasks.describeExtension(task) };
}
