import { elicitationComplete, form, visit } from '../../client/questions.ts';
import { isObject } from '../../envelope/message.ts';
import { factsOf } from '../../revisions.ts';
import { changesNothing, defineTool, done } from '../tool.ts';

/** Asks the user: a stimulus for whoever tests elicitation. */
export const assayElicit = defineTool({
  name: 'assay_elicit',
  title: 'Ask the user',
  description:
    'Asks the user by a form with fields of every kind, or sends them to a URL, as "mode" says, and answers with what came ' +
    'of it. Needs a client that can do so. Changes nothing.',
  hints: { ...changesNothing, idempotentHint: false },
  tasks: 'optional',
  properties: {
    mode: { enum: ['form', 'url'], default: 'form', description: 'How to ask.' },
    message: { type: 'string', minLength: 1, maxLength: 500, default: 'Who are you?', description: 'What to ask.' },
  },
  async run({ mode = 'form', message = 'Who are you?' }, { ask, session, revision }) {
    if (mode === 'url') {
      const id = crypto.randomUUID();
      const { visit: visited } = await ask({ visit: visit(String(message), 'https://assay.example/elicitation', id) });
      if (visited.action === 'accept' && factsOf(revision).elicitationIds) session?.push(elicitationComplete(id));
      return done(`The user was sent to a URL: ${String(visited.action)}.`);
    }
    const { user } = await ask({
      user: form(
        String(message),
        {
          name: { type: 'string', title: 'Name', minLength: 1, maxLength: 100 },
          email: { type: 'string', title: 'E-mail', format: 'email' },
          age: { type: 'integer', title: 'Age', minimum: 0, maximum: 150 },
          subscribe: { type: 'boolean', title: 'Subscribe', default: false },
          color: { type: 'string', title: 'Colour', enum: ['red', 'green', 'blue'] },
        },
        ['name'],
      ),
    });
    const given = isObject(user.content) ? JSON.stringify(user.content) : 'nothing';
    return done(`The user's action: ${String(user.action)}. What they gave: ${given}.`);
  },
});
