import { form } from '../../client/questions.ts';
import { isObject } from '../../envelope/message.ts';
import { changesNothing, defineTool, done } from '../tool.ts';

/** Asks the user twice, the second time depending on the first: a stimulus for whoever tests several rounds. */
export const assayInterview = defineTool({
  name: 'assay_interview',
  title: 'Ask the user twice',
  description:
    'Asks the user for a name, then for a colour, and answers with both. Needs a client that can show forms. Changes ' +
    'nothing.',
  hints: { ...changesNothing, idempotentHint: false },
  properties: {},
  async run(_args, { ask }) {
    const { name } = await ask({ name: form('What is your name?', { name: { type: 'string' } }, ['name']) });
    if (name.action !== 'accept') return done('The user did not want to give a name.');
    const given = isObject(name.content) ? String(name.content.name) : '';
    const question = form(`Which colour do you like, ${given}?`, { color: { type: 'string' } }, ['color']);
    const { color } = await ask({ color: question });
    const liked = isObject(color.content) ? String(color.content.color) : 'none';
    return done(`${given} likes ${liked}.`);
  },
});
