import { isObject } from '../../envelope/message.ts';
import { defineTool, done, type Tool } from '../tool.ts';
import { failedBy, unintelligible } from './failure.ts';
import { userMarkdown } from './markdown.ts';
import type { UserService } from './service.ts';
import { userId } from './user.ts';

/** Shows one user. */
export function getUserById(service: UserService): Tool {
  return defineTool({
    name: 'get_user_by_id',
    title: 'Get a user',
    description: 'Shows one user by number: contact details, address, company, and what they say about themselves.',
    hints: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    properties: { id: userId },
    required: ['id'],
    async run(args, context) {
      const id = Number(args.id);
      const answer = await service.get(id, context);
      if (answer.kind !== 'ok') return failedBy(answer, id);
      return isObject(answer.body) ? done(userMarkdown(answer.body)) : unintelligible('a user');
    },
  });
}
