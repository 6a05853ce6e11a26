import type { JsonObject } from '../../spec/messages.ts';
import { ClientFailed } from '../client/ask.ts';
import type { RequestContext } from '../dispatch/context.ts';
import type { Steps } from '../steps.ts';
import { failed, type Tool } from './tool.ts';

/** Takes a call whose arguments have been checked and has it run, at once or as a task. */
export type RunCall = (
  tool: Tool,
  args: JsonObject,
  params: JsonObject,
  context: RequestContext,
) => Promise<JsonObject>;

/** Runs a tool and gives what `tools/call` answers: a client that could not be asked is for the model to know. */
export async function resultOfTool(
  tool: Tool,
  args: JsonObject,
  context: RequestContext,
  { tools }: Pick<Steps, 'tools'>,
): Promise<JsonObject> {
  try {
    const given = tool.prepare === undefined ? args : await tool.prepare(args, context);
    return tools.resultFor(await tools.run(tool, given, context), context.revision);
  } catch (error) {
    if (error instanceof ClientFailed) return tools.resultFor(failed(error.message), context.revision);
    throw error;
  }
}
