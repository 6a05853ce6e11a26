import { isObject } from '../../envelope/message.ts';
import { defineTool, done, type Tool } from '../tool.ts';
import { failedBy, unintelligible } from './failure.ts';
import { userMarkdown } from './markdown.ts';
import type { UserService } from './service.ts';

const MOST_SHOWN = 20;

/** Finds users by what is known of them. */
export function searchUsers(service: UserService): Tool {
  const criterion = (description: string) => ({ type: 'string', minLength: 1, maxLength: 254, description });
  return defineTool({
    name: 'search_users',
    title: 'Search users',
    description:
      'Finds the users that match all the criteria given, and shows each with number and details; without criteria, ' +
      `all users. Shows at most ${MOST_SHOWN} and says how many more there are.`,
    hints: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    properties: {
      name: criterion('First name, or a part of it.'),
      surname: criterion('Last name, or a part of it.'),
      email: criterion('E-mail address, or a part of it.'),
      gender: criterion('Gender, in full.'),
    },
    async run(args, context) {
      const answer = await service.search(args, context);
      if (answer.kind !== 'ok') return failedBy(answer);
      if (!Array.isArray(answer.body)) return unintelligible('a list of users');
      const users = answer.body.filter(isObject);
      if (users.length === 0) return done('No user matches. Try fewer or shorter criteria.');
      const hidden = users.length - MOST_SHOWN;
      const shown = users.slice(0, MOST_SHOWN).map(userMarkdown);
      const rest = hidden > 0 ? [`${hidden} more match; narrow the search to see them.`] : [];
      return done([`# Users found: ${users.length}`, ...shown, ...rest].join('\n\n'));
    },
  });
}
