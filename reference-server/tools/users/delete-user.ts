import { defineTool, done, type Tool } from '../tool.ts';
import { failedBy } from './failure.ts';
import type { UserService } from './service.ts';
import { userId } from './user.ts';

/** Deletes a user. */
export function deleteUser(service: UserService): Tool {
  return defineTool({
    name: 'delete_user',
    title: 'Delete a user',
    description: 'Deletes one user by number, for good.',
    hints: { readOnlyHint: false, destructiveHint: true, idempotentHint: true, openWorldHint: false },
    properties: { id: userId },
    required: ['id'],
    async run(args, context) {
      const id = Number(args.id);
      const answer = await service.remove(id, context);
      return answer.kind === 'ok' ? done(`User ${id} was deleted.`) : failedBy(answer, id);
    },
  });
}
