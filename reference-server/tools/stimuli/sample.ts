import { sample } from '../../client/questions.ts';
import { isObject } from '../../envelope/message.ts';
import { changesNothing, defineTool, done } from '../tool.ts';

/** Asks the client's model: a stimulus for whoever tests sampling. */
export const assaySample = defineTool({
  name: 'assay_sample',
  title: "Ask the client's model",
  description:
    'Has the client\'s model go on from the text "prompt", and answers with what it said. Needs a client that can sample. ' +
    'Changes nothing.',
  hints: { ...changesNothing, idempotentHint: false },
  properties: {
    prompt: { type: 'string', minLength: 1, maxLength: 1000, default: 'Say hello.', description: 'What to ask.' },
    patience_ms: {
      type: 'integer',
      minimum: 1,
      maximum: 60_000,
      description: 'How long to wait for the answer, in milliseconds.',
    },
  },
  async run({ prompt = 'Say hello.', patience_ms: patienceMs }, { ask }) {
    const question = sample(String(prompt));
    const { reply } = await ask({
      reply: patienceMs === undefined ? question : { ...question, patienceMs: Number(patienceMs) },
    });
    const parts = Array.isArray(reply.content) ? reply.content : [reply.content ?? null];
    const said = parts.map((part) => (isObject(part) && part.text !== undefined ? String(part.text) : '')).join(' ');
    return done(`The model ${String(reply.model)} said: ${said}`);
  },
});
