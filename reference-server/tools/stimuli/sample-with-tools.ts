import type { JsonObject } from '../../../spec/messages.ts';
import { sampleWithTools } from '../../client/questions.ts';
import { isObject } from '../../envelope/message.ts';
import { changesNothing, defineTool, done } from '../tool.ts';

/** How often the model is asked at most; the last time it must answer without a tool (2025-11-25, client/sampling, "Security"). */
const MOST_ROUNDS = 4;

const ADD: JsonObject = {
  name: 'add',
  description: 'Adds two numbers.',
  inputSchema: { type: 'object', properties: { a: { type: 'number' }, b: { type: 'number' } }, required: ['a', 'b'] },
};

/** Lets the client's model use a tool of the server: a stimulus for whoever tests sampling with tools. */
export const assaySampleWithTools = defineTool({
  name: 'assay_sample_with_tools',
  title: "Lend the client's model a tool",
  description:
    'Has the client\'s model go on from the text "prompt" with a tool that adds numbers, runs the tool whenever the model ' +
    'wants it, and answers with what the model said in the end. Needs a client that can sample with tools. Changes nothing.',
  hints: { ...changesNothing, idempotentHint: false },
  properties: {
    prompt: { type: 'string', minLength: 1, maxLength: 1000, default: 'What is 1 + 1?', description: 'What to ask.' },
  },
  async run({ prompt = 'What is 1 + 1?' }, { ask }) {
    const messages: JsonObject[] = [{ role: 'user', content: { type: 'text', text: String(prompt) } }];
    for (let round = 1; ; round += 1) {
      const last = round === MOST_ROUNDS;
      const name = `round-${round}`;
      const answers: Record<string, JsonObject> = await ask({
        [name]: sampleWithTools(messages, [ADD], last ? 'none' : 'auto'),
      });
      const { content = null, model } = answers[name] ?? {};
      const parts = Array.isArray(content) ? content : [content];
      const uses = parts.filter(isObject).filter(({ type }) => type === 'tool_use');
      if (last || uses.length === 0) {
        const said = parts.map((part) => (isObject(part) && typeof part.text === 'string' ? part.text : '')).join(' ');
        return done(`The model ${String(model)} said: ${said}`);
      }
      messages.push({ role: 'assistant', content: parts }, { role: 'user', content: uses.map(resultOf) });
    }
  },
});

/** Runs the tool that the model wants, and gives what it has to hear of it. */
function resultOf({ id = null, name, input }: JsonObject): JsonObject {
  const { a, b } = isObject(input) ? input : {};
  const known = name === 'add' && typeof a === 'number' && typeof b === 'number';
  const text = known ? String(a + b) : 'There is the tool "add" alone, and it takes the numbers "a" and "b".';
  return { type: 'tool_result', toolUseId: id, content: [{ type: 'text', text }], ...(known ? {} : { isError: true }) };
}
