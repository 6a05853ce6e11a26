import { isObject } from '../../envelope/message.ts';
import { defineTool, done, type Tool } from '../tool.ts';
import { failedBy } from './failure.ts';
import { userMarkdown } from './markdown.ts';
import type { UserService } from './service.ts';
import { userId, userProperties } from './user.ts';

/** Changes a user. */
export function updateUser(service: UserService): Tool {
  return defineTool({
    name: 'update_user',
    title: 'Update a user',
    description:
      'Changes the fields given of one user, at least one, and leaves the others as they are. What stood in those fields ' +
      'before is lost.',
    hints: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
    properties: { id: userId, ...userProperties },
    required: ['id'],
    minProperties: 2,
    async run(args, context) {
      const { id: number, ...changes } = args;
      const id = Number(number);
      const answer = await service.update(id, changes, context);
      if (answer.kind !== 'ok') return failedBy(answer, id);
      const said = `User ${id} was updated.`;
      return done(isObject(answer.body) ? `${said}\n\n${userMarkdown(answer.body)}` : said);
    },
  });
}
