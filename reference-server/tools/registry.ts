import { assayChangeLists } from './stimuli/change-lists.ts';
import { assayContent } from './stimuli/content.ts';
import { assayElicit } from './stimuli/elicit.ts';
import { assayFail } from './stimuli/fail.ts';
import { assayGate } from './stimuli/gate.ts';
import { assayHeader } from './stimuli/header.ts';
import { assayInterview } from './stimuli/interview.ts';
import { assayLog } from './stimuli/log.ts';
import { assayPoll } from './stimuli/poll.ts';
import { assayProgress } from './stimuli/progress.ts';
import { assayRedeem } from './stimuli/redeem.ts';
import { assayRoots } from './stimuli/roots.ts';
import { assaySample } from './stimuli/sample.ts';
import { assaySampleWithTools } from './stimuli/sample-with-tools.ts';
import { assaySlow } from './stimuli/slow.ts';
import { assayStructured } from './stimuli/structured.ts';
import { assayTask } from './stimuli/task.ts';
import { assayUpdateResource } from './stimuli/update-resource.ts';
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
    assayFail,
    assayLog,
    assayContent,
    assayStructured,
    assayUpdateResource,
    assayChangeLists,
    assayPoll,
    assayHeader,
    assaySample,
    assaySampleWithTools,
    assayElicit,
    assayInterview,
    assayRedeem,
    assayRoots,
    assayGate,
    assayTask,
  ];
}
