import { assayProgress } from './stimuli/progress.ts';
import { assaySlow } from './stimuli/slow.ts';
import type { Tool } from './tool.ts';
import { addUser } from './users/add-user.ts';
import { deleteUser } from './users/delete-user.ts';
import { getUserById } from './users/get-user-by-id.ts';
import { searchUsers } from './users/search-users.ts';
import type { UserService } from './users/service.ts';
import { updateUser } from './users/update-user.ts';

/** All tools, in the order in which `tools/list` shows them. */
export function allTools(service: UserService): Tool[] {
  return [
    getUserById(service),
    searchUsers(service),
    addUser(service),
    updateUser(service),
    deleteUser(service),
    assayProgress,
    assaySlow,
  ];
}
