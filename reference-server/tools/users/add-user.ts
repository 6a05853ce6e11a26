import { isObject } from '../../envelope/message.ts';
import { defineTool, done, type Tool } from '../tool.ts';
import { failedBy } from './failure.ts';
import { userMarkdown } from './markdown.ts';
import type { UserService } from './service.ts';
import { requiredOfNewUser, userProperties } from './user.ts';

/** Adds a user. */
export function addUser(service: UserService): Tool {
  return defineTool({
    name: 'add_user',
    title: 'Add a user',
    description: 'Adds a user and shows the new entry with its number. Refused if the e-mail address is known already.',
    hints: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
    properties: userProperties,
    required: requiredOfNewUser,
    async run(args, context) {
      const answer = await service.add(args, context);
      if (answer.kind !== 'ok') return failedBy(answer);
      // Some services answer with no more than the number, or with nothing.
      const added = isObject(answer.body) ? { ...args, ...answer.body } : args;
      return done(`The user was added.\n\n${userMarkdown(added)}`);
    },
  });
}
