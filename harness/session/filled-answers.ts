import type { Json, JsonObject } from '../../spec/messages.ts';
import { instanceOf, misfitOf } from '../stimuli/instance.ts';
import { isObject } from '../wire/json-rpc.ts';

/**
 * An answer to a question of a server, with what it leaves out taken from the question: an accepted form without content is
 * filled in by its schema, or (`fill: wrong`) so that it breaks that schema in one place; an answer of a model that wants a
 * tool (`stopReason: toolUse`) and does not say which wants the first it was lent, or speaks if it was lent none.
 */
export function filledIn(answer: JsonObject, params: Json | undefined): JsonObject {
  const asked = isObject(params) ? params : {};
  if (answer.content !== undefined) return answer;
  if (answer.stopReason === 'toolUse') return { ...answer, ...turnOfModel(asked) };
  const { fill, ...rest } = answer;
  if (answer.action !== 'accept' || asked.mode === 'url' || !isObject(asked.requestedSchema)) return rest;
  const content = fill === 'wrong' ? misfitOf(asked.requestedSchema) : instanceOf(asked.requestedSchema);
  return isObject(content) ? { ...rest, content } : rest;
}

function turnOfModel({ tools, toolChoice, messages }: JsonObject): JsonObject {
  const [tool] = Array.isArray(tools) ? tools : [];
  if (!isObject(tool) || (isObject(toolChoice) && toolChoice.mode === 'none')) {
    return { content: { type: 'text', text: 'Hello.' }, stopReason: 'endTurn' };
  }
  const input = isObject(tool.inputSchema) ? (instanceOf(tool.inputSchema) ?? {}) : {};
  const turn = Array.isArray(messages) ? messages.length : 0;
  return { content: [{ type: 'tool_use', id: `assay-use-${turn}`, name: tool.name ?? null, input }] };
}
