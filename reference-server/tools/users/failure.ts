import { failed, type ToolResult } from '../tool.ts';
import { plain } from './markdown.ts';
import type { ServiceAnswer } from './service.ts';

/**
 * The result of a call that the user service did not fulfil: what happened, and what the model can do about it.
 *
 * @param id the user the call was about, if it was about one
 */
export function failedBy(answer: Exclude<ServiceAnswer, { kind: 'ok' }>, id?: number): ToolResult {
  if (answer.kind === 'unavailable') return failed(answer.problem);
  if (answer.status === 404 && id !== undefined) {
    return failed(`There is no user ${id}. Find the right number with search_users.`);
  }
  const reason = plain(answer.reason);
  const said = reason === '' ? '' : ` It says: ${reason}`;
  if (answer.status === 409) {
    return failed(`Another user has this e-mail address already. Choose another address, or update that user.${said}`);
  }
  return failed(`The user service refused this with status ${answer.status}.${said}`);
}

/** The result when the service said yes but sent something other than what was asked for. */
export function unintelligible(expected: string): ToolResult {
  return failed(`The user service answered without ${expected}; try again later.`);
}
